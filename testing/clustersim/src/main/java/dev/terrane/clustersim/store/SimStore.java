package dev.terrane.clustersim.store;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.WorldId;
import dev.terrane.checkpoint.CharacterStore.Entrant;
import dev.terrane.checkpoint.Checkpoint;
import dev.terrane.checkpoint.StaleEpochException;
import dev.terrane.coordinator.CellGrant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What all nodes' doors share: tables, and whether anybody is there. One thread at a time. */
public final class SimStore {
    static final Comparator<Checkpoint> BY_AGE =
            Comparator.comparingLong(Checkpoint::epoch).thenComparingLong(Checkpoint::tick);

    final Tables tables = new Tables();
    private final Laxity laxity;
    private final Auditor auditor;
    private boolean away;
    private long stallNanos;
    private boolean losesAnswers;

    /** What a broken store would do. */
    public enum Laxity {
        NONE,
        /** A checkpoint of an older epoch takes the place of a newer one. */
        ANY_CHECKPOINT,
        /** It says that checkpoints are kept, and keeps only the first of each cell. */
        FORGETS_CHECKPOINTS,
        /** Facts of an older epoch are taken. */
        OLD_FACTS,
        /** It says that facts are kept, and keeps outcomes alone. */
        FORGETS_FACTS
    }

    /** Looks at what is taken. */
    @FunctionalInterface
    public interface Auditor {
        /** @param fence under which the cell has been granted last */
        void taken(String what, CellId cell, long epoch, long fence);
    }

    /** Everything that lasts. */
    static final class Tables {
        final Map<CellId, CellGrant> fences = new TreeMap<>();
        final Map<CellId, List<Checkpoint>> checkpoints = new TreeMap<>();
        final Map<Long, byte[]> schemas = new TreeMap<>();
        final Map<CharacterId, Integer> generations = new TreeMap<>(Comparator.comparing(CharacterId::value));
        final Map<CharacterId, Integer> loggedOut = new TreeMap<>(Comparator.comparing(CharacterId::value));
    }

    public SimStore(Laxity laxity, Auditor auditor) {
        this.laxity = laxity;
        this.auditor = auditor;
    }

    void taken(String what, CellId cell, long epoch) {
        auditor.taken(what, cell, epoch, fence(cell));
    }

    /** Nobody reaches it. */
    public void setAway(boolean isAway) {
        away = isAway;
    }

    boolean isAway() {
        return away;
    }

    /** Each call takes so much longer. */
    public void setStall(long nanos) {
        stallNanos = nanos;
    }

    long stallNanos() {
        return stallNanos;
    }

    /** Some who ask hear nothing, and what they asked for has been done. */
    public void setLosesAnswers(boolean loses) {
        losesAnswers = loses;
    }

    boolean losesAnswers() {
        return losesAnswers;
    }

    boolean refuses(CellId cell, long epoch) {
        return fence(cell) > epoch;
    }

    long fence(CellId cell) {
        CellGrant grant = tables.fences.get(cell);
        return grant == null ? 0 : grant.epoch();
    }

    /** What is true of the table of fences, for those who check. */
    public Map<CellId, CellGrant> fences() {
        return tables.fences;
    }

    void raise(List<CellGrant> grants) {
        for (CellGrant grant : grants) {
            if (grant.epoch() > fence(grant.cell())) {
                tables.fences.put(grant.cell(), grant);
            }
        }
    }

    void save(Checkpoint checkpoint) {
        boolean isStale = fence(checkpoint.cell()) > checkpoint.epoch();
        if (isStale && laxity != Laxity.ANY_CHECKPOINT) {
            throw new StaleEpochException(checkpoint.cell(), checkpoint.epoch(), fence(checkpoint.cell()));
        }
        List<Checkpoint> kept = tables.checkpoints.computeIfAbsent(checkpoint.cell(), _ -> new ArrayList<>());
        if (laxity == Laxity.FORGETS_CHECKPOINTS && !kept.isEmpty()) {
            return;
        }
        taken("a checkpoint", checkpoint.cell(), checkpoint.epoch());
        kept.removeIf(each -> each.epoch() == checkpoint.epoch() && each.tick() == checkpoint.tick());
        kept.add(checkpoint);
        if (laxity != Laxity.ANY_CHECKPOINT) {
            kept.sort(BY_AGE);
        }
        while (kept.size() > 2) {
            kept.removeFirst();
        }
    }

    int[] admit(List<Entrant> entrants) {
        int[] generations = new int[entrants.size()];
        for (int i = 0; i < generations.length; i++) {
            Entrant each = entrants.get(i);
            int now = tables.generations.getOrDefault(each.character(), 0);
            if (each.heldGeneration() == 0 || each.heldGeneration() == now) {
                generations[i] = now + 1;
                tables.generations.put(each.character(), now + 1);
            }
        }
        return generations;
    }

    /** The newest of each cell that has one. */
    List<Checkpoint> latest(WorldId world) {
        List<Checkpoint> latest = new ArrayList<>();
        tables.checkpoints.forEach((cell, kept) -> {
            if (cell.world().equals(world)) {
                latest.add(kept.getLast());
            }
        });
        return latest;
    }
}
