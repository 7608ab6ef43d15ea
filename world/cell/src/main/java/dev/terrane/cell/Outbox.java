package dev.terrane.cell;

import dev.terrane.base.CellId;
import dev.terrane.base.Meters;
import dev.terrane.base.WorldId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellOutput;
import dev.terrane.protocol.cluster.CellPort;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;

/**
 * What the tick has to say, kept until its end and sent in order. What a receiver refuses waits, with everything behind it, for the next
 * tick.
 *
 * <p>A gateway that takes nothing for long loses the oldest messages, counted: its clients time out and join again. Messages to cells
 * that wait are few (leaves sent after an avatar, joins sent on); hand-offs do not pass here, {@link dev.terrane.handoff.HandoffMachine} repeats them
 * itself. What is meant for a layer that was taken away is dropped, counted: its avatar has gone on, and the cell that has it hears of the leave from the
 * gateway, which answers so to a frame of a session that it does not have; a join is asked for again.
 */
final class Outbox {
    /** Messages that may wait for one receiver. */
    static final int WAITING_COUNT_MAX = 8192;

    private final CellPorts ports;
    private final Meters.Count dropped;
    private final Meters.Count undeliverable;
    private final Map<Integer, Queue<CellOutput>> gateways = new TreeMap<>();
    private final Map<CellId, Queue<CellInput>> cells = new TreeMap<>();

    Outbox(CellPorts ports, String cell) {
        this.ports = ports;
        this.dropped = ports.meters().count("cell_outputs_dropped", "cell", cell, "policy", "drop_oldest");
        this.undeliverable = ports.meters().count("cell_outputs_dropped", "cell", cell, "policy", "receiver_gone");
    }

    void tell(int gateway, CellOutput message) {
        put(gateways.computeIfAbsent(gateway, _ -> new ArrayDeque<>()), message);
    }

    void tell(CellId cell, CellInput message) {
        put(cells.computeIfAbsent(cell, _ -> new ArrayDeque<>()), message);
    }

    private <T> void put(Queue<T> queue, T message) {
        if (queue.size() == WAITING_COUNT_MAX) {
            queue.remove();
            dropped.one();
        }
        queue.add(message);
    }

    /** Sends what can be sent. Cells first: a gateway that hears of a hand-off finds it already at its target. */
    void flush() {
        cells.forEach((cell, queue) -> {
            while (!queue.isEmpty() && settled(cell, queue.element())) {
                queue.remove();
            }
        });
        gateways.forEach((gateway, queue) -> {
            while (!queue.isEmpty() && ports.gateways().offer(gateway, queue.element())) {
                queue.remove();
            }
        });
    }

    private boolean settled(CellId cell, CellInput message) {
        Admission admission = ports.cells().offer(cell, CellPort.ANY_EPOCH, message);
        if (admission == Admission.UNKNOWN) {
            undeliverable.one();
        }
        return admission == Admission.ACCEPTED || admission == Admission.UNKNOWN;
    }

    /** Whether everything said to this gateway has been sent: a frame must not overtake it. */
    boolean upToDate(int gateway) {
        Queue<CellOutput> queue = gateways.get(gateway);
        return queue == null || queue.isEmpty();
    }

    /** Whether everything said has been sent. */
    boolean empty() {
        return gateways.values().stream().allMatch(Queue::isEmpty)
                && cells.values().stream().allMatch(Queue::isEmpty);
    }

    void forgetGateway(int gateway) {
        gateways.remove(gateway);
    }

    /** What waits. */
    void write(RunningFormat.Words words, ByteWriter out) {
        out.varuint((int)
                gateways.values().stream().filter(queue -> !queue.isEmpty()).count());
        gateways.forEach((gateway, queue) -> {
            if (!queue.isEmpty()) {
                out.varint(gateway);
                out.varuint(queue.size());
                queue.forEach(message -> words.toGateways().write(message, out));
            }
        });
        out.varuint(
                (int) cells.values().stream().filter(queue -> !queue.isEmpty()).count());
        cells.forEach((cell, queue) -> {
            if (!queue.isEmpty()) {
                IntentMarks.write(cell, out);
                out.varuint(queue.size());
                queue.forEach(message -> words.toCells().write(message, out));
            }
        });
    }

    void read(WorldId world, RunningFormat.Words words, ByteReader in) {
        for (int rest = in.count(3); rest > 0; rest--) {
            int gateway = in.varint();
            for (int waiting = in.count(1); waiting > 0; waiting--) {
                tell(gateway, words.toGateways().read(in));
            }
        }
        for (int rest = in.count(5); rest > 0; rest--) {
            CellId cell = RunningFormat.cell(world, in);
            for (int waiting = in.count(1); waiting > 0; waiting--) {
                tell(cell, words.toCells().read(in));
            }
        }
    }
}
