package dev.terrane.cell;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.protocol.cluster.CellCommand;

/**
 * Learns what happened in a cell and matters beyond its players: for the directory and the stores.
 *
 * <p>Called at the end of a tick on the ticking thread, in the order of events; for avatars that an image brings back also by
 * {@link WorldRestore#open}, so that no join is answered before they are known. Must not block, throw, or call the cell back, except
 * {@code offer}.
 */
public interface CellListener {
    /** The character's avatar lives here now: joined, arrived or restored. Of two reports the higher ownership is true. */
    void avatarHere(CellId cell, CharacterId character, long entity, int ownership);

    /** The avatar is on its way to another cell. @param ownership already raised for it */
    void avatarLeft(CellId to, CharacterId character, long entity, int ownership);

    /** The avatar is no more: logged out or dead. */
    void avatarGone(CellId cell, CharacterId character, long entity, int ownership);

    /** The character was logged out under this generation; once recorded, no checkpoint may revive the avatar. */
    void loggedOut(CellId cell, CharacterId character, int generation);

    /**
     * The state at the end of a tick. Finish and store it elsewhere, then offer {@link dev.terrane.protocol.cluster.CellInput.CheckpointStored}.
     *
     * @param last the cell was sealed: nothing follows
     */
    void image(ImageDraft draft, boolean last);

    /** Something of this tick must become durable: see {@link TickFacts}. In the order of ticks. Who keeps nothing ignores it. */
    default void facts(TickFacts facts) {}

    /** The command is not for this cell, or not any more: nothing was done. Find out whose it is. */
    default void commandElsewhere(CellId cell, CellCommand command) {}

    /** Said besides the other words, for those who look back. Who does not ignores it. */
    default void passed(Passage passage) {}

    /** A listener that ignores everything: for tests and tools. */
    static CellListener none() {
        return NoListener.INSTANCE;
    }
}
