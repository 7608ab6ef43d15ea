package dev.terrane.cell;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.protocol.cluster.CellInput.PlayerInput;

/**
 * The inputs of one session that wait for their tick, in order of their numbers: one is taken each tick.
 *
 * <p>Too many: the oldest goes, but its {@code pressed} bits join the next, so a shot is never lost. A backlog that lasts (a burst
 * after a stall, the gap of a hand-off) is worked off the same way, or the player would steer late for ever.
 */
final class JitterBuffer {
    /** Inputs that may stay behind without being called a backlog: one tick of jitter. */
    static final int BACKLOG_COUNT_MIN = 2;
    /** Ticks in a row with a backlog after which one input is dropped. */
    static final int BACKLOG_TICKS_MAX = 20;

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

    /** The input of this tick; there must be one. Its {@code pressed} lacks what {@link #takeCarried} gives. */
    PlayerInput take() {
        PlayerInput oldest = waiting[0];
        removeOldest();
        floorSeq = oldest.seq();
        backlogTicks = count >= BACKLOG_COUNT_MIN ? backlogTicks + 1 : 0;
        return oldest;
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
