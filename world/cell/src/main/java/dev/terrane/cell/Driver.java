package dev.terrane.cell;

import dev.terrane.base.CharacterId;
import dev.terrane.fairplay.PlayerConduct;
import org.jspecify.annotations.Nullable;

/**
 * Who steers an avatar of this cell, beside what {@link dev.terrane.plugin.kit.Avatar} says: the session as of now and the inputs that
 * wait.
 */
final class Driver {
    final long handle;
    final long entity;
    final CharacterId character;
    int generation;
    /** As in its Identity; does not change while it is here. */
    final int ownership;
    /** 0 while nobody is connected. */
    long session;
    /** The last session, told when the lingering avatar is logged out. */
    long formerSession;

    int gateway;
    int ackedSeq;
    long lingerUntilTick;
    /** How long ago others were as he saw them when he gave the input that was taken last. */
    float viewLagTicks;

    JitterBuffer inputs;
    /** Anew with each session, as {@link #inputs}. */
    PlayerConduct conduct;
    /** The last tick in which the game itself moved it; of the running tick only. */
    long movedTick = -1;
    /** Of what it was accused in {@link #accusedTick}. */
    int accused;

    long accusedTick = -1;
    /** Its avatar leaves by the cell's own doing (logout, hand-off), so its end is no loss. */
    boolean dismissed;

    Highlights.@Nullable Marks marks;

    Driver(long handle, long entity, CharacterId character, int ownership, JitterBuffer inputs, PlayerConduct conduct) {
        this.handle = handle;
        this.entity = entity;
        this.character = character;
        this.ownership = ownership;
        this.inputs = inputs;
        this.conduct = conduct;
    }

    boolean connected() {
        return session != 0;
    }
}
