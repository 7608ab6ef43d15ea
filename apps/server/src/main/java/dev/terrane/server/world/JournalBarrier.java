package dev.terrane.server.world;

import dev.terrane.base.CellId;

/**
 * Holds checkpoints back until the journal has what is in them: else an effect could be durable in an image, and its command be carried out once more,
 * because its key is not.
 */
@FunctionalInterface
interface JournalBarrier {
    /** For a world without a journal. */
    JournalBarrier NONE = (cell, epoch, store) -> store.run();

    /**
     * Runs {@code store} as soon as everything is durable that the cells of the world handed to the journal before this call: everything of all
     * of them, because what one cell did may have come into another's image by a hand-off. Never, if something of this cell under this epoch was
     * refused.
     *
     * <p>Called by the tick that handed out the image; must not block. {@code store} does not block either, and may run on any thread, at once too.
     */
    void whenDurable(CellId cell, long epoch, Runnable store);
}
