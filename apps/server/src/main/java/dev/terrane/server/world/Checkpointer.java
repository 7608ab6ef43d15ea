package dev.terrane.server.world;

import dev.terrane.base.CellId;
import dev.terrane.base.Meters;
import dev.terrane.cell.CellImage;
import dev.terrane.cell.ImageDraft;
import dev.terrane.checkpoint.Checkpoint;
import dev.terrane.checkpoint.CheckpointStore;
import dev.terrane.checkpoint.StaleEpochException;
import dev.terrane.checkpoint.StoreUnavailableException;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellPort;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings images of cells into the store, on job threads. While the store is away play goes on and the next image tries again; a fenced writer must
 * not go on, because somebody else owns its cell.
 *
 * <pre>
 *   submit ─► held until the journal has what is in it ─► waiting ─► encoded, stored ─► the cell is told
 * </pre>
 *
 * <p>Of each cell at most one image is held, one waits and one is being stored: a newer one takes the place of the one before it (counted), so a slow
 * store costs freshness, not memory.
 */
final class Checkpointer {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpointer.class);

    private final CheckpointStore store;
    private final Executor jobs;
    private final Map<CellId, CellImage> lastStored = new ConcurrentHashMap<>();
    private final JournalBarrier barrier;
    private final Fenced fenced;
    /** Not covered by the journal yet. */
    private final Map<CellId, ImageDraft> held = new HashMap<>();

    private final Map<CellId, ImageDraft> waiting = new HashMap<>();
    private final Set<CellId> busy = new HashSet<>();
    private final Meters.Count replaced;
    private final Meters.Count stored;
    private final Meters.Count failed;
    private final Meters.Distribution bytes;
    private final Meters.Distribution nanos;

    /** Who is told that a cell was granted to somebody else. Called on job threads; must not block. */
    @FunctionalInterface
    interface Fenced {
        /** The cell must not go on under this epoch: nothing of it is stored any more. */
        void fenced(CellId cell, long epoch);
    }

    Checkpointer(CheckpointStore store, JournalBarrier barrier, Fenced fenced, Executor jobs, Meters meters) {
        this.store = store;
        this.barrier = barrier;
        this.fenced = fenced;
        this.jobs = jobs;
        this.replaced = meters.count("checkpoints_replaced", "policy", "drop_oldest");
        this.stored = meters.count("checkpoints_stored");
        this.failed = meters.count("checkpoints_failed");
        this.bytes = meters.distribution("checkpoint_bytes");
        this.nanos = meters.distribution("checkpoint_store_nanos");
    }

    /** Any thread; returns at once. */
    void submit(ImageDraft draft, CellPort cells) {
        put(held, draft);
        barrier.after(draft.cell(), draft.epoch(), new Journalist.Waiter() {
            @Override
            public void durable() {
                release(draft, cells);
            }

            @Override
            public void dropped() {
                drop(draft);
            }
        });
    }

    private void drop(ImageDraft draft) {
        synchronized (waiting) {
            if (held.remove(draft.cell(), draft)) {
                draft.discard();
            }
        }
    }

    /** What the journal was asked to wait for may be outdated by now: the newer one is asked for on its own. */
    private void release(ImageDraft draft, CellPort cells) {
        CellId cell = draft.cell();
        synchronized (waiting) {
            if (!held.remove(cell, draft)) {
                return;
            }
            put(waiting, draft);
            if (busy.add(cell)) {
                jobs.execute(() -> drain(cell, cells));
            }
        }
    }

    private void put(Map<CellId, ImageDraft> place, ImageDraft draft) {
        synchronized (waiting) {
            ImageDraft older = place.put(draft.cell(), draft);
            if (older != null) {
                older.discard();
                replaced.one();
            }
        }
    }

    private void drain(CellId cell, CellPort cells) {
        for (ImageDraft draft = next(cell); draft != null; draft = next(cell)) {
            try {
                if (save(draft.finish())) {
                    cells.offer(cell, draft.epoch(), new CellInput.CheckpointStored(draft.tick()));
                }
            } catch (RuntimeException
                    | Error bug) { // else the cell would be busy for ever, and none of its images stored
                failed.one();
                LOG.atError()
                        .setCause(bug)
                        .addKeyValue("cell", cell)
                        .addKeyValue("epoch", draft.epoch())
                        .addKeyValue("tick", draft.tick())
                        .log("checkpoint not encoded, the next one tries again");
            }
        }
    }

    private @Nullable ImageDraft next(CellId cell) {
        synchronized (waiting) {
            ImageDraft draft = waiting.remove(cell);
            if (draft == null) {
                busy.remove(cell);
            }
            return draft;
        }
    }

    /** Stores the image now, on this thread; false when it could not. */
    boolean save(CellImage image) {
        long started = System.nanoTime();
        try {
            store.save(new Checkpoint(
                    image.cell(),
                    image.epoch(),
                    image.tick(),
                    image.formatVersion(),
                    image.schemaFingerprint(),
                    image.stateHash(),
                    image.state()));
            lastStored.put(image.cell(), image);
            stored.one();
            bytes.record(image.state().length);
            nanos.record(System.nanoTime() - started);
            return true;
        } catch (StaleEpochException stale) {
            report(image, String.valueOf(stale.getMessage()));
            fenced.fenced(image.cell(), image.epoch());
        } catch (StoreUnavailableException away) {
            report(image, "checkpoint not stored, the next one tries again: " + away.getMessage());
        } catch (RuntimeException refused) {
            report(image, "checkpoint not stored: " + refused);
        }
        return false;
    }

    /** The latest image of the cell that reached the store since this process started. Any thread. */
    @Nullable
    CellImage lastStored(CellId cell) {
        return lastStored.get(cell);
    }

    /** Of all cells, in their order: see {@link #lastStored(CellId)}. */
    List<CellImage> lastStored() {
        return List.copyOf(new TreeMap<>(lastStored).values());
    }

    private void report(CellImage image, String what) {
        failed.one();
        LOG.atError()
                .addKeyValue("world", image.cell().world())
                .addKeyValue("cell", image.cell())
                .addKeyValue("epoch", image.epoch())
                .addKeyValue("tick", image.tick())
                .log("{}", what);
    }
}
