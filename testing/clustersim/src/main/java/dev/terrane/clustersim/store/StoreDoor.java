package dev.terrane.clustersim.store;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.Rng;
import dev.terrane.base.WorldId;
import dev.terrane.checkpoint.CharacterStore;
import dev.terrane.checkpoint.Checkpoint;
import dev.terrane.checkpoint.CheckpointStore;
import dev.terrane.checkpoint.SchemaStore;
import dev.terrane.checkpoint.StoreUnavailableException;
import dev.terrane.clustersim.time.Host;
import dev.terrane.coordinator.CellGrant;
import dev.terrane.coordinator.FenceStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** A node's way to the store: each call takes its time, and may fail before or after what it was to do. */
public final class StoreDoor implements CheckpointStore, CharacterStore, FenceStore {
    private static final long MILLI = 1_000_000;
    private static final long GIVE_UP_NANOS = 200 * MILLI;

    private final SimStore store;
    private final Host host;
    private final Rng rng;
    private final SimJournal journal;

    public StoreDoor(SimStore store, SimJournal journal, Host host, Rng rng) {
        this.store = store;
        this.journal = journal;
        this.host = host;
        this.rng = rng;
    }

    /** One transaction. */
    <T> T call(Supplier<T> work) {
        try {
            host.threads().sleep(MILLI / 2 + rng.nextInt(3_000_000) + store.stallNanos());
            if (store.isAway()) {
                host.threads().sleep(GIVE_UP_NANOS);
                throw new StoreUnavailableException("nobody answers", new IllegalStateException());
            }
            T answer = work.get();
            host.threads().sleep(MILLI / 4);
            if (store.isAway() || store.losesAnswers() && rng.chance(0.3f)) {
                throw new StoreUnavailableException("the answer was lost on its way", new IllegalStateException());
            }
            return answer;
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private void run(Runnable work) {
        call(() -> {
            work.run();
            return true;
        });
    }

    /** Of facts, results and what cells ask of others. */
    public JournalDoor journal() {
        return new JournalDoor(this, journal);
    }

    @Override
    public void raise(List<CellGrant> grants) {
        run(() -> store.raise(grants));
    }

    @Override
    public List<CellGrant> all(WorldId world) {
        return call(() -> store.tables.fences.values().stream()
                .filter(grant -> grant.cell().world().equals(world))
                .toList());
    }

    @Override
    public void save(Checkpoint checkpoint) {
        run(() -> {
            store.save(checkpoint);
            journal.prune(checkpoint.cell(), store.tables.checkpoints.get(checkpoint.cell()));
        });
    }

    @Override
    public Optional<Checkpoint> latest(CellId cell) {
        return call(
                () -> Optional.ofNullable(store.tables.checkpoints.get(cell)).map(List::getLast));
    }

    @Override
    public SortedSet<CellId> cells(WorldId world) {
        return call(() -> {
            SortedSet<CellId> cells = new TreeSet<>(journal.cells());
            cells.addAll(store.tables.checkpoints.keySet());
            return cells;
        });
    }

    @Override
    public SchemaStore schemas() {
        return new SchemaStore() {
            @Override
            public void keep(long fingerprint, byte[] description) {
                run(() -> store.tables.schemas.put(fingerprint, description));
            }

            @Override
            public SortedMap<Long, byte[]> all() {
                return call(() -> new TreeMap<>(store.tables.schemas));
            }
        };
    }

    @Override
    public List<Checkpoint> latest(WorldId world) {
        return call(() -> store.latest(world));
    }

    @Override
    public int[] admit(WorldId world, List<Entrant> entrants) {
        return call(() -> store.admit(entrants));
    }

    @Override
    public void loggedOut(WorldId world, CharacterId character, int generation) {
        run(() -> store.tables.loggedOut.merge(character, generation, Math::max));
    }

    @Override
    public Map<CharacterId, Integer> loggedOut(WorldId world) {
        return call(() -> new LinkedHashMap<>(store.tables.loggedOut));
    }
}
