package dev.terrane.server.witness;

import dev.terrane.base.NodeId;
import dev.terrane.link.Lane;
import dev.terrane.node.Question;
import dev.terrane.node.Telling;
import dev.terrane.server.metrics.PrometheusMeters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntBiFunction;

/** How much waits in this node's queues, the fullest first: what its metrics say, and each link's lanes. Any thread; some readings take their time. */
public final class QueueReadings implements Function<Question.Depths, List<Telling.Queue>> {
    /** Metrics that count what waits; in their own units. */
    private static final Set<String> QUEUES = Set.of(
            "cell_deliveries_underway",
            "cell_handoffs_kept",
            "cell_inbox_messages",
            "cell_intents_waiting",
            "gateway_inbox_messages",
            "journal_waiting_records",
            "lane_oldest_millis",
            "lane_parked_waiting",
            "lane_waiting_commands",
            "outbox_lag_millis",
            "standby_held_messages",
            "standby_lag_ticks",
            "standby_pieces_waiting",
            "wire_own_messages");

    private final PrometheusMeters meters;
    private final Supplier<Set<NodeId>> linked;
    private final ToIntBiFunction<NodeId, Lane> queueBytes;

    /**
     * Looks at these.
     *
     * @param linked nodes to which there are links
     * @param queueBytes that wait for a node in one lane
     */
    public QueueReadings(
            PrometheusMeters meters, Supplier<Set<NodeId>> linked, ToIntBiFunction<NodeId, Lane> queueBytes) {
        this.meters = meters;
        this.linked = linked;
        this.queueBytes = queueBytes;
    }

    @Override
    public List<Telling.Queue> apply(Question.Depths wanted) {
        List<Telling.Queue> all = new ArrayList<>();
        for (PrometheusMeters.Reading reading : meters.readings(QUEUES)) {
            all.add(new Telling.Queue(reading.name(), reading.labels(), reading.value()));
        }
        for (NodeId peer : linked.get()) {
            for (Lane lane : Lane.values()) {
                all.add(new Telling.Queue(
                        "link_queue_bytes",
                        "peer=" + peer + " lane=" + lane.name().toLowerCase(Locale.ROOT),
                        queueBytes.applyAsInt(peer, lane)));
            }
        }
        return all.stream()
                .filter(queue -> wanted.empty() || queue.depth() != 0)
                .sorted(Comparator.comparingLong(Telling.Queue::depth)
                        .reversed()
                        .thenComparing(Telling.Queue::name)
                        .thenComparing(Telling.Queue::of))
                .limit(Telling.COUNT_MAX)
                .toList();
    }
}
