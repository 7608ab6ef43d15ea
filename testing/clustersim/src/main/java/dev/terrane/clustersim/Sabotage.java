package dev.terrane.clustersim;

import dev.terrane.base.NodeId;
import dev.terrane.clustersim.store.SimStore.Laxity;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.Tenure;
import dev.terrane.node.NodeMessage;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.standby.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A bug that is planted behind a port, to see whether it is noticed; and by which rules. */
enum Sabotage {
    /** None. */
    NONE(Set.of()),
    /** A checkpoint of an older epoch is taken for the newest. */
    OLD_CHECKPOINTS(Set.of("FencesHold", "NobodyLost", "OncePerWorld")),
    /** Checkpoints are said to be kept, and are not. */
    CHECKPOINTS_FORGOTTEN(Set.of("AllTick", "NobodyLost", "OncePerWorld", "AcksAreTrue")),
    /** Nodes act however long they have heard of no leader. */
    LEASE_IGNORED(Set.of("LeaseKept")),
    /** Whoever is promoted goes on under the epoch of whom it replaces. */
    SAME_EPOCH(Set.of("OneWriter", "NoBugs", "NoErrors")),
    /** What cells say leaves before their standby has it. */
    GATE_OPEN(Set.of("NoErrors", "NobodyLost", "OncePerWorld", "AcksAreTrue", "ViewIsTrue")),
    /** Nodes hear no maps any more once the world plays. */
    MAPS_LOST(Set.of("AllTick", "AllPlay", "NobodyLost", "OncePerWorld", "ViewIsTrue")),
    /** Now and then a message to a gateway is lost, and the link stays. */
    FRAMES_LOST(Set.of("ViewIsTrue", "AllPlay")),
    /** Hand-offs are lost on their way, and said to have arrived. */
    HANDOFFS_LOST(Set.of("NobodyLost")),
    /** Facts of an older epoch are taken. */
    OLD_FACTS(Set.of("FencesHold")),
    /** Facts are said to be kept, and are not. */
    FACTS_FORGOTTEN(Set.of("PaidOnce", "BooksBalance")),
    /** What leaves a cell for another is said to have arrived for good when it is only being sent. */
    KEPT_FORGOTTEN(Set.of("NobodyLost", "PaidOnce", "BooksBalance"));

    private static final long MAPS_NANOS = 3_000_000_000L;

    private final Set<String> rules;

    Sabotage(Set<String> rules) {
        this.rules = rules;
    }

    /** Those that may notice it. */
    Set<String> rules() {
        return rules;
    }

    Laxity laxity() {
        return switch (this) {
            case OLD_CHECKPOINTS -> Laxity.ANY_CHECKPOINT;
            case CHECKPOINTS_FORGOTTEN -> Laxity.FORGETS_CHECKPOINTS;
            case OLD_FACTS -> Laxity.OLD_FACTS;
            case FACTS_FORGOTTEN -> Laxity.FORGETS_FACTS;
            default -> Laxity.NONE;
        };
    }

    int leaseMillis(int honest) {
        return this == LEASE_IGNORED ? 600_000 : honest;
    }

    /** What is told instead of a message. */
    List<NodeMessage> pass(ClusterRun run, NodeId from, NodeId to, NodeMessage message) {
        return switch (this) {
            case SAME_EPOCH ->
                List.of(message instanceof NodeMessage.MapNews(ClusterMap map) ? sameEpoch(map) : message);
            case GATE_OPEN -> {
                if (message instanceof NodeMessage.StandbyPiece piece) {
                    acknowledge(run, from, to, piece);
                }
                yield List.of(message);
            }
            case MAPS_LOST ->
                message instanceof NodeMessage.MapNews && run.conductor().nowNanos() > MAPS_NANOS
                        ? List.of()
                        : List.of(message);
            case FRAMES_LOST ->
                message instanceof NodeMessage.ToGateway && run.tosses(20) ? List.of() : List.of(message);
            case HANDOFFS_LOST -> handoffLost(run, from, to, message);
            case KEPT_FORGOTTEN -> {
                handoffArrived(run, from, to, message);
                yield List.of(message);
            }
            default -> List.of(message);
        };
    }

    private static NodeMessage sameEpoch(ClusterMap map) {
        List<Tenure> cells = new ArrayList<>();
        for (Tenure each : map.cells()) {
            boolean continued = each.epoch() > each.begunEpoch();
            cells.add(
                    continued
                            ? new Tenure(
                                    each.cell(),
                                    each.phase(),
                                    each.owner(),
                                    each.epoch() - 1,
                                    Math.max(0, each.begunEpoch() - 1),
                                    each.incarnation(),
                                    each.standby(),
                                    each.isReady(),
                                    each.standbyEntry())
                            : each);
        }
        return new NodeMessage.MapNews(new ClusterMap(map.version(), map.term(), map.nodes(), cells, map.values()));
    }

    /** The owner is told at once that its standby follows: as far as the piece goes that is only being sent. */
    private static void acknowledge(ClusterRun run, NodeId from, NodeId to, NodeMessage.StandbyPiece piece) {
        Witness.Seen seen = run.witness().newest().get(piece.cell());
        if (seen != null && piece.piece().number() > 2) {
            run.net()
                    .pretend(
                            to,
                            from,
                            new NodeMessage.StandbyReply(
                                    piece.cell(),
                                    piece.epoch(),
                                    new Reply.Follows(piece.piece().stream(), seen.tick(), true)));
        }
    }

    private static List<NodeMessage> handoffLost(ClusterRun run, NodeId from, NodeId to, NodeMessage message) {
        boolean isOffer = message instanceof NodeMessage.ToCell told && told.input() instanceof CellInput.HandoffOffer;
        if (isOffer && run.tosses(5)) {
            handoffArrived(run, from, to, message);
            return List.of();
        }
        return List.of(message);
    }

    /** Tells the source so. */
    private static void handoffArrived(ClusterRun run, NodeId from, NodeId to, NodeMessage message) {
        if (message instanceof NodeMessage.ToCell told && told.input() instanceof CellInput.HandoffOffer offer) {
            run.net()
                    .pretend(
                            to,
                            from,
                            new NodeMessage.ToCell(
                                    offer.source(),
                                    offer.senderEpoch(),
                                    new CellInput.HandoffAck(
                                            told.cell(), told.epoch(), offer.sourceEpoch(), offer.seq(), offer.seq())));
        }
    }
}
