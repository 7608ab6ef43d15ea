package dev.terrane.cell;

import dev.terrane.protocol.cluster.CellInput;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The door of a cell that is about to be taken away: whoever would come to stay is let in and heard, or told so; nobody falls in between.
 *
 * <p>{@link #enter} and {@link #leave} by any thread, around the offer; the rest by the tick.
 */
final class Gate {
    private final AtomicInteger inside = new AtomicInteger();
    private volatile boolean closed;

    /** Messages that would be lost with the cell; others do not matter to one who is empty. */
    static boolean concerns(CellInput message) {
        return message instanceof CellInput.Join
                || message instanceof CellInput.Leave
                || message instanceof CellInput.HandoffOffer
                || message instanceof CellInput.IntentBatch
                || message instanceof CellInput.Commands;
    }

    /** False when the cell takes in nobody any more. */
    boolean enter() {
        inside.incrementAndGet();
        if (closed) {
            inside.decrementAndGet();
            return false;
        }
        return true;
    }

    void leave() {
        inside.decrementAndGet();
    }

    void close() {
        closed = true;
    }

    void open() {
        closed = false;
    }

    /** Whether nobody can still be about to put something in; what was put in is in the inbox. */
    boolean tight() {
        return closed && inside.get() == 0;
    }
}
