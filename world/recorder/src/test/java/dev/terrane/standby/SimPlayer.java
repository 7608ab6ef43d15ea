package dev.terrane.standby;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellInput.PlayerInput;
import dev.terrane.protocol.cluster.CellOutput;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** A session at a gateway that never dies: sends what is not acknowledged again to whoever drives its avatar next. */
final class SimPlayer {
    private static final int WAITING_COUNT_MAX = 64;

    final long session;
    final CharacterId character;
    final Deque<PlayerInput> unacked = new ArrayDeque<>();

    @Nullable
    CellId cell;

    long avatar;
    int joinedCount;
    /** Where its avatar was it is no more, and nobody said where it went. */
    boolean seeking;

    private int ownership;
    private int lastSeq;
    private int offeredSeq;
    private int ackedSeq;
    /** Of the cell's former self, not to be held against its successor. */
    private int forgiven;

    SimPlayer(long session, CharacterId character) {
        this.session = session;
        this.character = character;
    }

    CellInput join(CellId at) {
        return new CellInput.Join(
                session, 0, character, 1, "player-" + session, 0, at.region().a() * 10);
    }

    void steer(float x, float y, float aim, int pressed, long tick) {
        if (cell != null && unacked.size() < WAITING_COUNT_MAX) {
            unacked.add(new PlayerInput(session, ++lastSeq, 0, tick, x, y, aim, 1, pressed));
        }
    }

    /** What has not been offered to the present cell. */
    @Nullable
    PlayerInput nextToOffer() {
        for (PlayerInput input : unacked) {
            if (input.seq() > offeredSeq) {
                return input;
            }
        }
        return null;
    }

    void offered(PlayerInput input) {
        offeredSeq = input.seq();
    }

    void hear(CellOutput.Joined joined) {
        joinedCount++;
        seeking = false;
        if (avatar != 0 && joined.avatar() != avatar) {
            throw new AssertionError(
                    "session " + session + " is given avatar " + joined.avatar() + ", but had " + avatar);
        }
        settle(joined.cell(), joined.avatar(), joined.ownership(), joined.ackedSeq());
    }

    void hear(CellOutput.Moved moved) {
        if (moved.ownership() > ownership) {
            settle(moved.to(), moved.avatar(), moved.ownership(), moved.ackedSeq());
        }
    }

    private void settle(CellId at, long entity, int counter, int acked) {
        cell = at;
        avatar = entity;
        ownership = Math.max(ownership, counter);
        acknowledge(acked);
        offeredSeq = acked; // everything above goes to whoever answers now
    }

    /** Its cell goes on elsewhere, and may lack so many ticks, each of which applied one input at most, and dropped another. */
    void forgive(int ticks) {
        forgiven += 2 * ticks;
        offeredSeq = 0;
    }

    void acknowledge(int acked) {
        if (acked < ackedSeq - forgiven) {
            throw new AssertionError("session " + session + " was acknowledged input " + ackedSeq + ", now only "
                    + acked + "; " + forgiven + " ticks may be lost");
        }
        if (acked < ackedSeq) {
            forgiven -= ackedSeq - acked;
        }
        ackedSeq = acked;
        // A real gateway keeps what may have to be sent again until the tick is stable; here all of it is kept for a
        // while.
        while (unacked.size() > WAITING_COUNT_MAX / 2 && unacked.element().seq() <= acked) {
            unacked.remove();
        }
    }

    int ackedSeq() {
        return ackedSeq;
    }

    int lastSeq() {
        return lastSeq;
    }
}
