package dev.terrane.checkpoint;

import dev.terrane.base.CellId;
import dev.terrane.base.WorldId;
import dev.terrane.command.IdempotencyKey;
import java.util.List;
import java.util.Map;

/**
 * Where durable facts of cells are kept between checkpoints (H7, U28). Any thread may call it; calls block until the store has answered and throw
 * {@link StoreUnavailableException} when it cannot be reached: then nothing is known to have been decided, and the same call may be made again.
 */
public interface JournalStore {
    /** What became of a record. */
    enum Commit {
        /** It is durable, now or since an earlier call with the same record. */
        COMMITTED,
        /** The cell has been granted under a higher epoch: this owner must stop. Nothing of the record was kept, nor of what it did after. */
        STALE_EPOCH,
        /** One of its commands was carried out elsewhere: what this cell did is void, it must restart. Nothing of the record was kept, nor of later ones in the call. */
        CONFLICT
    }

    /**
     * Makes records durable, each whole or not at all, many with one flush of the disk.
     *
     * @param records of one cell in the order of its ticks; when one is not committed, the later ones of its cell are not either, and get the same answer
     * @return one answer per record
     */
    List<Commit> commit(List<TickRecord> records);

    /**
     * Records what became of commands that no cell had a part in, so that they are answered the same if they come again: refused ones, jobs.
     *
     * @return for each the outcome that counts from now on: an earlier one, if there is any
     */
    List<TickRecord.Outcome> record(List<TickRecord.Outcome> outcomes);

    /** The recorded outcomes of these commands; those that are missing were never carried out by a cell. */
    Map<IdempotencyKey, TickRecord.Outcome> outcomes(List<IdempotencyKey> keys);

    /**
     * Entries of the cell above its latest stored checkpoint, in order of (epoch, tick). Entries that a checkpoint contains are pruned when the next
     * one is saved, so that the one before the latest remains of use; outcomes outlive them.
     */
    List<JournalEntry> tail(CellId cell);

    /** Of all cells of a world, those included that have no checkpoint, in the order of the cells, then as above. */
    List<JournalEntry> tail(WorldId world);

    /**
     * Forgets outcomes that no command can come for any more: choose an age that no client's retry and no dead letter reaches.
     *
     * @param countMax of one call; when so many were forgotten, there may be more
     * @return how many were forgotten
     */
    int forgetOutcomes(long ageMillisMin, int countMax);
}
