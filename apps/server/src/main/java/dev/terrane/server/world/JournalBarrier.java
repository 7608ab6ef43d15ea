package dev.terrane.server.world;

import dev.terrane.base.CellId;
import dev.terrane.base.Threads;
import dev.terrane.checkpoint.StoreUnavailableException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Holds back what must not overtake the journal. A checkpoint, until the journal has what is in it: else an effect could be durable in an image, and its
 * command be carried out once more, because its key is not. And the grant of a new epoch, until what the former owner did is decided.
 */
@FunctionalInterface
interface JournalBarrier {
    /** Longer than a commit takes while the store is there; when it is not, the new epoch cannot be granted either. */
    long DECIDED_MILLIS_MAX = 5_000;

    /**
     * Tells the waiter, at once or later, when everything is decided that the cells of the world handed to the journal before this call: everything
     * of all of them, because what one cell did may have come into another's image by a hand-off. Of one cell the latest waits.
     *
     * <p>Any thread; must not block.
     */
    void after(CellId cell, long epoch, Journalist.Waiter waiter);

    /**
     * Returns when nothing of this cell is on its way to the journal. It must not tick meanwhile. Job threads only: it waits for the store.
     *
     * @throws StoreUnavailableException when that takes too long
     */
    default void awaitDecided(CellId cell, Threads threads) {
        CompletableFuture<Boolean> decided = new CompletableFuture<>();
        after(cell, 0, new Journalist.Waiter() {
            @Override
            public void durable() {
                decided.complete(true);
            }

            @Override
            public void dropped() {
                decided.complete(true);
            }
        });
        try {
            threads.await(decided, TimeUnit.MILLISECONDS.toNanos(DECIDED_MILLIS_MAX));
        } catch (TimeoutException late) {
            throw new StoreUnavailableException(
                    "the journal of cell " + cell + " is not decided after " + DECIDED_MILLIS_MAX + " ms", late);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("nobody lets a wait for the journal fail", impossible);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted while the journal of cell " + cell + " was decided", e);
        }
    }
}
