package dev.terrane.cell;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.protocol.cluster.CellInput.PlayerInput;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of one session that wait for their tick, in order of their numbers: one is taken each tick.
 *
 * <p>An input that names its tick ({@code clientTick}) waits for it, so that the client can be sure what this tick makes of it. One that comes after its tick is taken at once, and of several that are due the last: what a
 * player wanted a moment ago he does not want now. One that names none is taken in its turn.
 *
 * <p>What is passed over, for a later one or for want of room, leaves its {@code pressed} bits to the next, so a shot is never lost. A backlog that lasts (a burst
 * after a stall, the gap of a hand-off) is worked off the same way, or the player would steer late for ever.
 */
final class JitterBuffer {
    /** Inputs that may stay behind without being called a backlog: one tick of jitter. */
    static final int BACKLOG_COUNT_MIN = 2;
    /** Ticks in a row with a backlog after which one input is dropped. */
    static final int BACKLOG_TICKS_MAX = 20;
    /** Ticks that an input may be ahead of its own. One that names a tick further off means some other clock, and is taken in its turn. */
    static final int AHEAD_TICKS_MAX = 64;

    private final PlayerInput[] waiting;
    private int count;
    private int carriedPressed;
    private int floorSeq;
    private int backlogTicks;

    /** @param floorSeq the last input already applied: this and lower ones are old */
    JitterBuffer(int capacityCount, int floorSeq) {
        this.waiting = new PlayerInput[capacityCount];
        this.floorSeq = floorSeq;
    }

    /** What became of an input. */
    enum Outcome {
        QUEUED,
        /** Queued, and the oldest was dropped for it. */
        QUEUED_DROPPING_OLDEST,
        /** Applied, dropped or waiting already. */
        OLD
    }

    Outcome offer(PlayerInput input) {
        if (input.seq() <= floorSeq) {
            return Outcome.OLD;
        }
        int at = count;
        while (at > 0 && waiting[at - 1].seq() >= input.seq()) {
            at--;
        }
        if (at < count && waiting[at].seq() == input.seq()) {
            return Outcome.OLD;
        }
        boolean full = count == waiting.length;
        if (full) {
            if (at == 0) {
                drop(input);
                return Outcome.QUEUED_DROPPING_OLDEST;
            }
            dropOldest();
            at--;
        }
        System.arraycopy(waiting, at, waiting, at + 1, count - at);
        waiting[at] = input;
        count++;
        return full ? Outcome.QUEUED_DROPPING_OLDEST : Outcome.QUEUED;
    }

    int count() {
        return count;
    }

    /** Drops one input if a backlog has lasted too long; true when it did. Call before {@link #take}, once a tick. */
    boolean trim() {
        if (backlogTicks < BACKLOG_TICKS_MAX) {
            return false;
        }
        dropOldest();
        backlogTicks = 0;
        return true;
    }

    /** The input for this tick, or null when none is due. Its {@code pressed} lacks what {@link #takeCarried} gives. */
    @Nullable
    PlayerInput take(long tick) {
        if (count == 0 || !due(waiting[0], tick)) {
            return null;
        }
        while (count > 1 && isBound(waiting[0]) && isBound(waiting[1]) && due(waiting[1], tick)) {
            dropOldest();
        }
        PlayerInput taken = waiting[0];
        removeOldest();
        floorSeq = taken.seq();
        backlogTicks = count >= BACKLOG_COUNT_MIN && due(waiting[0], tick) ? backlogTicks + 1 : 0;
        return taken;
    }

    private static boolean isBound(PlayerInput input) {
        return input.clientTick() != 0;
    }

    /** Clients name ticks by their last 32 bits. */
    private static boolean due(PlayerInput input, long tick) {
        int ahead = input.clientTick() - (int) tick;
        return !isBound(input) || ahead <= 0 || ahead > AHEAD_TICKS_MAX;
    }

    /** The pressed bits of dropped inputs, once. */
    int takeCarried() {
        int bits = carriedPressed;
        carriedPressed = 0;
        return bits;
    }

    void write(ByteWriter out) {
        out.varuint(floorSeq);
        out.varuint(backlogTicks);
        out.varuint(carriedPressed);
        out.varuint(count);
        for (int i = 0; i < count; i++) {
            PlayerInput input = waiting[i];
            out.varuint(input.seq());
            out.varuint(input.clientTick());
            out.f32(input.viewTick());
            out.f32(input.moveX());
            out.f32(input.moveY());
            out.f32(input.aim());
            out.varuint(input.held());
            out.varuint(input.pressed());
        }
    }

    void read(ByteReader in, long session) {
        floorSeq = in.varuint();
        backlogTicks = in.varuint();
        carriedPressed = in.varuint();
        count = in.count(20);
        if (count > waiting.length) {
            throw in.malformed(count + " inputs wait, but the limit is " + waiting.length);
        }
        for (int i = 0; i < count; i++) {
            waiting[i] = new PlayerInput(
                    session,
                    in.varuint(),
                    in.varuint(),
                    in.f32(),
                    in.f32(),
                    in.f32(),
                    in.f32(),
                    in.varuint(),
                    in.varuint());
        }
    }

    private void dropOldest() {
        drop(waiting[0]);
        removeOldest();
    }

    private void drop(PlayerInput input) {
        carriedPressed |= input.pressed();
        floorSeq = input.seq();
    }

    private void removeOldest() {
        count--;
        System.arraycopy(waiting, 1, waiting, 0, count);
    }
}
