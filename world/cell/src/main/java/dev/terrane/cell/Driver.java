package dev.terrane.cell;

import dev.terrane.base.CharacterId;
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
    /** Its avatar leaves by the cell's own doing (logout, hand-off), so its end is no loss. */
    boolean dismissed;

    Highlights.@Nullable Marks marks;

    Driver(long handle, long entity, CharacterId character, int ownership, JitterBuffer inputs) {
        this.handle = handle;
        this.entity = entity;
        this.character = character;
        this.ownership = ownership;
        this.inputs = inputs;
    }

    boolean connected() {
        return session != 0;
    }
}
