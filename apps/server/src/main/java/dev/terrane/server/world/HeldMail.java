package dev.terrane.server.world;

import dev.terrane.base.CellId;
import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellPort;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Mail of other nodes for cells that are about to go on here: whoever heard of the new owner first, writes before the cell has its seat; and a cell that has frozen to move may go on where it is. It is kept in order until then,
 * so that no input of a player is lost, and nobody has to say anything again.
 *
 * <p>Any thread; guarded by itself.
 */
final class HeldMail {
    /** Some seconds of inputs of a crowd; more is refused, as by a full inbox. */
    static final int LETTER_COUNT_MAX = 4_096;
    /** By then whoever wrote has said it again, or given up. */
    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final CellPort seats;
    private final Waits waits;
    private final Clock clock;
    private final Meters.Count held;
    private final Meters.Count dropped;
    private final Map<CellId, Deque<Letter>> letters = new HashMap<>();

    private record Letter(long epoch, CellInput message, long atNanos) {}

    /** Which mail is worth keeping. Any thread. */
    @FunctionalInterface
    interface Waits {
        /** @param refused what its seat has answered: whether the cell is about to take it after all */
        boolean isWorth(CellId cell, Admission refused);
    }

    HeldMail(CellPort seats, Waits waits, Clock clock, Meters meters) {
        this.seats = seats;
        this.waits = waits;
        this.clock = clock;
        this.held = meters.count("node_mail_held");
        this.dropped = meters.count("node_mail_dropped", "reason", "held_too_long");
    }

    Admission offer(CellId cell, long epoch, CellInput message) {
        Admission admission = seats.offer(cell, epoch, message);
        return waits.isWorth(cell, admission) ? keep(cell, epoch, message) : admission;
    }

    private synchronized Admission keep(CellId cell, long epoch, CellInput message) {
        Admission admission = seats.offer(cell, epoch, message); // it may have been seated meanwhile
        if (!waits.isWorth(cell, admission)) {
            return admission;
        }
        Deque<Letter> waiting = letters.computeIfAbsent(cell, _ -> new ArrayDeque<>());
        if (waiting.size() >= LETTER_COUNT_MAX) {
            return Admission.FULL;
        }
        waiting.add(new Letter(epoch, message, clock.nanos()));
        held.one();
        return Admission.ACCEPTED;
    }

    /**
     * The cell gets what waits for it before anybody else finds its seat, or finds it open again.
     *
     * @param into the cell itself
     * @param sit makes it found, or opens it
     */
    synchronized void seat(CellId cell, CellPort into, Runnable sit) {
        Deque<Letter> waiting = letters.remove(cell);
        if (waiting != null) {
            dropOld(waiting);
            waiting.forEach(letter -> into.offer(cell, letter.epoch, letter.message));
        }
        sit.run();
    }

    /** The cell goes on elsewhere: whoever wrote says it again there. */
    synchronized void drop(CellId cell) {
        letters.remove(cell);
    }

    /** What has waited too long is nobody's any more. Now and then. */
    synchronized void dropOld() {
        letters.values().removeIf(waiting -> {
            dropOld(waiting);
            return waiting.isEmpty();
        });
    }

    private void dropOld(Deque<Letter> waiting) {
        long now = clock.nanos();
        while (!waiting.isEmpty() && now - waiting.element().atNanos > KEPT_NANOS) {
            waiting.remove();
            dropped.one();
        }
    }
}
