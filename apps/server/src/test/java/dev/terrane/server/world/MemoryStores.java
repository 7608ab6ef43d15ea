package dev.terrane.server.world;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.NodeId;
import dev.terrane.base.WorldId;
import dev.terrane.checkpoint.CharacterStore;
import dev.terrane.checkpoint.Checkpoint;
import dev.terrane.checkpoint.CheckpointStore;
import dev.terrane.checkpoint.SchemaStore;
import dev.terrane.checkpoint.StaleEpochException;
import dev.terrane.checkpoint.StoreUnavailableException;
import dev.terrane.coordinator.CellGrant;
import dev.terrane.coordinator.FenceStore;
import dev.terrane.coordinator.GrantStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands in for the stores' ports: one process, nothing fails. */
final class MemoryStores implements CheckpointStore, CharacterStore, GrantStore, FenceStore {
    private final Map<CellId, Checkpoint> checkpoints = new ConcurrentHashMap<>();
    /** No checkpoint is taken. */
    volatile boolean away;

    private final Map<Long, byte[]> descriptions = new ConcurrentHashMap<>();
    private final Map<CellId, Long> fences = new ConcurrentHashMap<>();
    private final Map<CellId, AtomicInteger> failures = new ConcurrentHashMap<>();
    private final AtomicInteger grants = new AtomicInteger();
    private final CountDownLatch awaited;
    final MemoryJournal journal = new MemoryJournal();

    /** @param awaited counts down with each cell's first checkpoint */
    MemoryStores(CountDownLatch awaited) {
        this.awaited = awaited;
    }

    /** The cell's checkpoint cannot be read so often, and nobody knows why. */
    void failLatest(CellId cell, int times) {
        failures.put(cell, new AtomicInteger(times));
    }

    @Override
    public CellGrant grant(CellId cell, NodeId owner) {
        int number = grants.incrementAndGet();
        journal.granted(cell, number);
        return new CellGrant(cell, owner, number, number);
    }

    @Override
    public void raise(List<CellGrant> raised) {
        for (CellGrant grant : raised) {
            if (fences.merge(grant.cell(), grant.epoch(), Math::max) == grant.epoch()) {
                journal.granted(grant.cell(), grant.epoch());
            }
        }
    }

    @Override
    public List<CellGrant> all(WorldId world) {
        return List.of();
    }

    @Override
    public void save(Checkpoint checkpoint) {
        if (away) {
            throw new StoreUnavailableException("switched off", new IllegalStateException());
        }
        long fence = fences.getOrDefault(checkpoint.cell(), 0L);
        if (checkpoint.epoch() < fence) {
            throw new StaleEpochException(checkpoint.cell(), checkpoint.epoch(), fence);
        }
        if (checkpoints.put(checkpoint.cell(), checkpoint) == null) {
            awaited.countDown();
        }
    }

    @Override
    public Optional<Checkpoint> latest(CellId cell) {
        AtomicInteger left = failures.get(cell);
        if (left != null && left.getAndDecrement() > 0) {
            throw new IllegalStateException("failed on purpose");
        }
        return Optional.ofNullable(checkpoints.get(cell));
    }

    @Override
    public SchemaStore schemas() {
        return new SchemaStore() {
            @Override
            public void keep(long fingerprint, byte[] description) {
                descriptions.put(fingerprint, description);
            }

            @Override
            public SortedMap<Long, byte[]> all() {
                return new TreeMap<>(descriptions);
            }
        };
    }

    @Override
    public SortedSet<CellId> cells(WorldId world) {
        return new TreeSet<>(checkpoints.keySet());
    }

    @Override
    public List<Checkpoint> latest(WorldId world) {
        return List.copyOf(checkpoints.values());
    }

    @Override
    public int[] admit(WorldId world, List<Entrant> entrants) {
        return entrants.stream().mapToInt(each -> 1).toArray();
    }

    @Override
    public void loggedOut(WorldId world, CharacterId character, int generation) {}

    @Override
    public Map<CharacterId, Integer> loggedOut(WorldId world) {
        return Map.of();
    }
}
