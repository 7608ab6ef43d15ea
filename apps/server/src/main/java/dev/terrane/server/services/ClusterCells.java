package dev.terrane.server.services;

import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import dev.terrane.base.NodeId;
import dev.terrane.checkpoint.JournalStore;
import dev.terrane.checkpoint.StoreUnavailableException;
import dev.terrane.checkpoint.TickRecord;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandErrors;
import dev.terrane.command.CommandReceiver;
import dev.terrane.command.CommandResult;
import dev.terrane.node.NodeMessage;
import dev.terrane.node.NodePost;
import dev.terrane.server.services.CellAddresses.Address;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cells of a cluster as a receiver of commands: parts a batch by the nodes whose cells have to carry it out, and puts their verdicts together.
 *
 * <pre>
 *   batch ─► whose is each key? ─┬─ a node's ──► Deliver ─► Delivered ─► its verdicts
 *                                │                 └─ refused, silent, link lost ─► Unreached: comes again
 *                                ├─ nobody can say ──────────────────────────────► Unreached: comes again
 *                                └─ nobody's ever ─► recorded in the store ──────► Refused
 * </pre>
 *
 * <p><b>Exactly once</b> needs nothing that is known here; so this may die at any time, and what it says may be lost or said twice (ADR 47):
 *
 * <ul>
 *   <li><i>The owner dies with a command underway:</i> what it committed is found by its key; what it did not, never happened. Whoever owns the cell next has raised its fence in the store before it takes commands,
 *       and asks the store after that, so nothing of the former owner can be committed behind its back.
 *   <li><i>The link is lost while a living cell has the command:</i> it comes again, to the same node, which knows that its cell has it, or finds what came of it.
 *   <li><i>The avatar has moved to another node:</i> the former one gives back what it has not carried out; the next asks the store after the avatar has come, see ADR 47 for what is open there.
 *   <li><i>Two service nodes have the same partition for a moment:</i> both deliver to the same owner, which takes the second for a repetition. Only the one that holds the lease can settle.
 * </ul>
 *
 * <p>If all of that failed, the key could still be committed only once: the second one's tick conflicts, and all that its cell did is void.
 *
 * <p>Any thread may call it; nothing blocks.
 */
final class ClusterCells implements CommandReceiver {
    /** So long a sim may take: longer than it waits itself for cells that start. Others of the partition wait no longer. */
    static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final Logger LOG = LoggerFactory.getLogger(ClusterCells.class);

    private final NodePost post;
    private final CellAddresses addresses;
    private final JournalStore journal;
    private final Clock clock;
    private final Executor jobs;
    private final Meters.Count notSent;
    private final Meters.Count silent;
    private final Meters.Count lost;
    private final Meters.Count refused;
    private final Map<Long, Part> underway = new LinkedHashMap<>();
    private long lastRequest;

    private record Part(NodeId node, PartedBatch batch, List<Integer> places, long untilNanos) {}

    /**
     * Where it has to do with others.
     *
     * @param journal where refusals are recorded
     * @param jobs may wait for the journal
     * @param firstRequest another one in each life: answers to an earlier life may be underway
     */
    record Ways(NodePost post, JournalStore journal, Executor jobs, long firstRequest) {}

    ClusterCells(Ways ways, CellAddresses addresses, Clock clock, Meters meters) {
        this.post = ways.post();
        this.addresses = addresses;
        this.journal = ways.journal();
        this.clock = clock;
        this.jobs = ways.jobs();
        this.lastRequest = ways.firstRequest();
        this.notSent = meters.count("cell_deliveries_unreached", "reason", "no_way");
        this.silent = meters.count("cell_deliveries_unreached", "reason", "silent");
        this.lost = meters.count("cell_deliveries_unreached", "reason", "link_lost");
        this.refused = meters.count("cell_deliveries_unreached", "reason", "refused");
        meters.gauge("cell_deliveries_underway", this::underwayCount);
    }

    @Override
    public void deliver(List<Delivery> deliveries, Reply reply) {
        if (deliveries.isEmpty()) {
            reply.answered(List.of());
            return;
        }
        PartedBatch batch = new PartedBatch(List.copyOf(deliveries), reply);
        Map<String, Address> found = new HashMap<>(); // one key goes one way, whatever is heard meanwhile
        SortedMap<NodeId, List<Integer>> byNode = new TreeMap<>();
        SortedMap<String, List<Integer>> unknown = new TreeMap<>();
        SortedMap<Integer, CommandResult.Refused> hopeless = new TreeMap<>();
        for (int place = 0; place < deliveries.size(); place++) {
            String key = deliveries.get(place).command().key();
            switch (found.computeIfAbsent(key, addresses::find)) {
                case Address.At(NodeId node) ->
                    byNode.computeIfAbsent(node, _ -> new ArrayList<>()).add(place);
                case Address.Unknown(String why) ->
                    unknown.computeIfAbsent(why, _ -> new ArrayList<>()).add(place);
                case Address.Never(CommandResult.Refused refusal) -> hopeless.put(place, refusal);
            }
        }
        unknown.forEach((why, places) -> batch.unreached(places, why));
        byNode.forEach((node, places) -> send(node, batch, places));
        post.flush();
        if (!hopeless.isEmpty()) {
            jobs.execute(() -> refuse(batch, hopeless));
        }
    }

    private void send(NodeId node, PartedBatch batch, List<Integer> places) {
        long request;
        synchronized (this) {
            request = ++lastRequest;
            underway.put(
                    request,
                    new Part(node, batch, places, clock.nanos() + PATIENCE_NANOS)); // before it can be answered
        }
        if (!post.tell(node, new NodeMessage.Deliver(request, batch.deliveries(places)))) {
            giveBack(take(request, node), notSent, "there is no way to node " + node + " now");
        }
    }

    /** Null when it was given up before. */
    private synchronized @Nullable Part take(long request, NodeId node) {
        Part part = underway.get(request);
        return part != null && part.node.equals(node) ? underway.remove(request) : null;
    }

    private static void giveBack(@Nullable Part part, Meters.Count why, String text) {
        if (part != null) {
            why.one();
            part.batch.unreached(part.places, text);
        }
    }

    /** A sim has answered. */
    void answered(NodeId by, NodeMessage.Delivered answer) {
        Part part = take(answer.request(), by);
        if (part == null) {
            return; // too late: what came of it is found when it comes again
        }
        if (answer.verdicts().size() == part.places.size()) {
            part.batch.put(part.places, answer.verdicts());
        } else {
            LOG.atError()
                    .addKeyValue("node", by)
                    .log("{} verdicts for {} commands", answer.verdicts().size(), part.places.size());
            giveBack(part, refused, "node " + by + " gave another number of verdicts");
        }
    }

    void notDelivered(NodeId by, NodeMessage.NotDelivered answer) {
        giveBack(take(answer.request(), by), refused, "node " + by + ": " + answer.why());
    }

    /** What was underway on that link is lost, or its answer is. */
    void lost(NodeId peer) {
        takeAll(part -> part.node.equals(peer))
                .forEach(part -> giveBack(part, lost, "the link to node " + peer + " was lost"));
    }

    /** Gives up on whoever does not answer. Several times a second. */
    void sweep() {
        long now = clock.nanos();
        takeAll(part -> now - part.untilNanos >= 0)
                .forEach(part -> giveBack(part, silent, "node " + part.node + " does not answer"));
    }

    private synchronized List<Part> takeAll(Predicate<Part> which) {
        List<Part> taken =
                new ArrayList<>(underway.values().stream().filter(which).toList());
        underway.values().removeAll(taken);
        return taken;
    }

    private synchronized int underwayCount() {
        return underway.size();
    }

    /** For good: the store has to know, so that nobody carries it out when it comes again. What was done before stays done. */
    private void refuse(PartedBatch batch, SortedMap<Integer, CommandResult.Refused> refusals) {
        List<Integer> places = List.copyOf(refusals.keySet());
        List<TickRecord.Outcome> wanted = new ArrayList<>();
        refusals.forEach((place, refusal) -> {
            CommandEnvelope command = batch.delivery(place).command();
            wanted.add(new TickRecord.Outcome(command.idempotencyKey(), command.payloadHash(), refusal));
        });
        List<Verdict> verdicts = new ArrayList<>();
        try {
            List<TickRecord.Outcome> counting = journal.record(wanted);
            for (int i = 0; i < places.size(); i++) {
                verdicts.add(verdict(batch.delivery(places.get(i)).command(), counting.get(i)));
            }
        } catch (StoreUnavailableException away) {
            batch.unreached(places, "the journal is away: " + away.getMessage());
            return;
        } catch (RuntimeException bug) {
            batch.unreached(places, bug.toString()); // else nobody would ever answer
            throw bug;
        }
        batch.put(places, verdicts);
    }

    private static Verdict verdict(CommandEnvelope command, TickRecord.Outcome counts) {
        return new Verdict.Settled(
                command.payloadHash() == counts.payloadHash()
                        ? counts.result()
                        : new CommandResult.Refused(
                                CommandErrors.CONFLICT,
                                "request " + command.origin().requestId()
                                        + " was used before with another payload; choose a new id"));
    }
}
