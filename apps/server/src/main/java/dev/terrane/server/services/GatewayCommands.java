package dev.terrane.server.services;

import dev.terrane.base.NodeId;
import dev.terrane.command.LaneHint;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.NodeInfo;
import dev.terrane.gateway.CommandPort;
import dev.terrane.gateway.LaneOutput;
import dev.terrane.http.RestCommands;
import dev.terrane.node.NodeHearer;
import dev.terrane.node.NodeMessage;
import dev.terrane.node.NodePost;
import dev.terrane.server.lanes.GatewayLanes;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Players' commands at a node with gateways: into the lanes, and what service nodes say came of them back to players. After a link to a service node was lost, or is new, results are read in the store: some may have been
 * told to nobody.
 *
 * <p>The node has to call what {@link NodeHearer} says, and {@link #onMap}. Nothing blocks but {@link #open} and {@link #close}.
 */
public final class GatewayCommands implements NodeHearer, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayCommands.class);

    private final GatewayLanes lanes;
    private final LostResults lost;
    private final AtomicReference<ClusterMap> map;
    private final AtomicReference<Consumer<LaneOutput>> everybody;

    /** What joins it to its node. @param jobs for work that waits: its threads may block */
    public record Ties(NodeId self, NodePost post, ScheduledExecutorService jobs) {}

    /** Starts the lanes of this process. */
    @FunctionalInterface
    public interface LaneStarter {
        /** Blocks until results of before are known. @param everybody tells all gateways @param appended is told what lanes have got */
        GatewayLanes start(Consumer<LaneOutput> everybody, Consumer<LaneHint> appended);
    }

    private GatewayCommands(
            Ties ties,
            AtomicReference<ClusterMap> map,
            AtomicReference<Consumer<LaneOutput>> everybody,
            GatewayLanes lanes) {
        this.map = map;
        this.everybody = everybody;
        this.lanes = lanes;
        this.lost = new LostResults(lanes::catchUp, (job, millis) -> later(ties.jobs(), job, millis));
    }

    /** Blocks until results are known that somebody may still wait for. */
    public static GatewayCommands open(Ties ties, LaneStarter starter) {
        AtomicReference<ClusterMap> map = new AtomicReference<>(ClusterMap.EMPTY);
        AtomicReference<Consumer<LaneOutput>> everybody = new AtomicReference<>(_ -> {});
        Nudges nudges = new Nudges(null, ties.post(), map::get);
        GatewayLanes lanes =
                starter.start(output -> Objects.requireNonNull(everybody.get()).accept(output), nudges::appended);
        return new GatewayCommands(ties, map, everybody, lanes);
    }

    /** From now on these gateways are told what concerns a region. */
    public void tell(Consumer<LaneOutput> gateways) {
        everybody.set(gateways);
    }

    public CommandPort port() {
        return lanes.port();
    }

    public RestCommands rest() {
        return lanes.rest();
    }

    /** The map has changed. */
    public void onMap(ClusterMap before, ClusterMap now) {
        map.set(now);
        if (before.nodes().stream().anyMatch(member -> isService(member) && now.node(member.node()) == null)) {
            lost.mayBe();
        }
    }

    private static boolean isService(ClusterMap.Member member) {
        return member.info().does(NodeInfo.Role.SERVICE);
    }

    @Override
    public void connected(NodeId peer, long life) {
        linkChanged(peer);
    }

    @Override
    public void lost(NodeId peer, long life) {
        linkChanged(peer);
    }

    private void linkChanged(NodeId peer) {
        ClusterMap.Member member = Objects.requireNonNull(map.get()).node(peer);
        if (member == null || isService(member)) {
            lost.mayBe();
        }
    }

    @Override
    public void received(NodeId peer, NodeMessage message) {
        switch (message) {
            case NodeMessage.Answers told when told.answers().isEmpty() -> lost.mayBe();
            case NodeMessage.Answers told -> lanes.published(told.answers());
            case NodeMessage.Events told -> lanes.happened(told.events());
            default -> {} // is for others
        }
    }

    private static void later(ScheduledExecutorService jobs, Runnable job, long millis) {
        try {
            jobs.schedule(job, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException ending) {
            LOG.atDebug().log("the node ends: nobody waits for results here any more");
        }
    }

    @Override
    public void close() throws InterruptedException {
        lanes.close();
    }
}
