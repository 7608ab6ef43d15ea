package dev.terrane.server.world;

import dev.terrane.protocol.cluster.CellInput;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a cell that goes on here waits for before it catches up: a word of each of its players, whose gateways say again what was not acknowledged as soon as they hear
 * where the cell is. Ticks that ran before would find nobody steering, and as many inputs would be too late for ever.
 *
 * <p>Nobody waits long for it: somebody's gateway may be gone. Any thread.
 */
final class AwaitedInputs {
    /** A map, a message and some reserve; half a tick at 10 Hz. */
    static final long MILLIS_MAX = 50;

    private final Set<Long> heard = ConcurrentHashMap.newKeySet();
    private final int playerCount;
    private final long untilNanos;

    /** @param playerCount connected ones of the cell */
    AwaitedInputs(int playerCount, long nowNanos) {
        this.playerCount = playerCount;
        this.untilNanos = nowNanos + MILLIS_MAX * 1_000_000;
    }

    /** The cell has got this. @return whether everybody has been heard by that */
    boolean completedBy(CellInput message) {
        return message instanceof CellInput.PlayerInput input
                && heard.add(input.session())
                && heard.size() >= playerCount;
    }

    /** Whether the cell is to wait. */
    boolean lacks(long nowNanos) {
        return heard.size() < playerCount && nowNanos - untilNanos < 0;
    }
}
