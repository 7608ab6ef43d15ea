package dev.terrane.server.services;

import dev.terrane.base.NodeId;
import dev.terrane.command.CommandReceiver;
import dev.terrane.node.NodeHearer;
import dev.terrane.node.NodeMessage;
import dev.terrane.node.NodePost;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commands that service nodes bring to the cells of this node, and the way back of what came of them. An answer that finds no link is dropped: the command comes again, and its key is known. Any thread.
 */
public final class SimCommands implements NodeHearer {
    private static final Logger LOG = LoggerFactory.getLogger(SimCommands.class);

    private final CommandReceiver cells;
    private final NodePost post;

    /** @param cells those of this node; for what is not theirs they say unreached */
    public SimCommands(CommandReceiver cells, NodePost post) {
        this.cells = cells;
        this.post = post;
    }

    @Override
    public void received(NodeId peer, NodeMessage message) {
        if (message instanceof NodeMessage.Deliver deliver) {
            deliver(peer, deliver);
        }
    }

    private void deliver(NodeId asker, NodeMessage.Deliver deliver) {
        long request = deliver.request();
        try {
            cells.deliver(deliver.batch(), new CommandReceiver.Reply() {
                @Override
                public void answered(List<CommandReceiver.Verdict> verdicts) {
                    tell(asker, new NodeMessage.Delivered(request, verdicts));
                }

                @Override
                public void unavailable(String why) {
                    tell(asker, new NodeMessage.NotDelivered(request, why));
                }
            });
        } catch (RuntimeException bug) {
            LOG.atError().setCause(bug).addKeyValue("asker", asker).log("commands could not be brought to cells");
            tell(asker, new NodeMessage.NotDelivered(request, bug.toString()));
        }
    }

    private void tell(NodeId asker, NodeMessage answer) {
        post.tell(asker, answer);
        post.flush();
    }
}
