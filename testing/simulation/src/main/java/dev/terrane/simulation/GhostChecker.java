package dev.terrane.simulation;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A cell's ghosts follow its need: whoever is in range of its own entities is there within some ticks, as it is; whoever is not needed any more goes again. After quiet
 * that is exact everywhere; where nobody is hindered it holds all the time. Nobody is its own ghost.
 */
final class GhostChecker extends Checker {
    /**
     * From the first need of a chunk to whoever is there being a ghost: up to one tick until needs are worked out, which is in every other one, one until the
     * owner has heard of it, one until its answer is taken in, and the tick of the need itself. Layers make it no longer: everybody hears of a new one before
     * anybody goes there.
     */
    private static final int FOLLOW_TICKS = 4;
    /** From walking into a chunk that the owner was asked for to being a ghost, and from walking out of all such chunks to being none: the way of one batch. */
    private static final int TELL_TICKS = 2;
    /** A chunk stays wanted for so long after its last need. */
    private static final int HYSTERESIS_TICKS = 40;
    /** From there until the owner has heard that it is not: up to one tick until needs are worked out, and one for the way. */
    private static final int SHRINK_TICKS = 2;

    private static final int OLDEST_TICKS = 12;
    /** A ghost whose owner has changed is kept for so long until the new one tells of it. */
    private static final int BRIDGE_TICKS = 10;

    private static final double TOLERANCE_METRES = 0.02;

    private final boolean calm;
    private final double range;
    private final int countMax;
    private final Terrain terrain;
    private final History history;
    /** By cell and entity. */
    private final SortedMap<CellId, Map<Long, Need>> needs = new TreeMap<>();

    private final SortedMap<CellId, Wanted> wants = new TreeMap<>();
    private long ghostCount;

    /** What a cell needed of a region around: by chunk, since when surely and without a break (-1: not now), and when last perhaps (-1: never). */
    private record Chunks(long[] since, long[] last) {
        Chunks(int count) {
            this(new long[count], new long[count]);
            Arrays.fill(since, -1);
            Arrays.fill(last, -1);
        }
    }

    /** Need of a cell. It is of chunks: whoever walks from one that was needed for long into one that is needed since now is not known at once. */
    private final class Wanted {
        private final SortedMap<RegionId, Chunks> byRegion = new TreeMap<>();

        Wanted(CellId cell) {
            terrain.around(cell.region())
                    .forEach(region ->
                            byRegion.put(region, new Chunks(terrain.grid(region).chunkCount())));
        }

        void by(List<Sighting> own) {
            byRegion.forEach((region, chunks) -> {
                for (int chunk = 0; chunk < chunks.since.length; chunk++) {
                    by(own, region, chunks, chunk);
                }
            });
        }

        private void by(List<Sighting> own, RegionId region, Chunks chunks, int chunk) {
            boolean surely = false;
            for (int i = 0; i < own.size() && !surely; i++) {
                Sighting each = own.get(i);
                if (terrain.mayReach(each, region, chunk, range)) {
                    chunks.last[chunk] = now();
                    surely = terrain.atHome(each)
                            && terrain.distance(each.x(), each.y(), region, chunk) <= range - TOLERANCE_METRES;
                }
            }
            chunks.since[chunk] = !surely ? -1 : chunks.since[chunk] < 0 ? now() : chunks.since[chunk];
        }

        long since(Sighting entity) {
            Chunks chunks = byRegion.get(entity.cell().region());
            return chunks == null || !terrain.atHome(entity) ? -1 : chunks.since[terrain.chunkOf(entity)];
        }

        long last(Sighting entity) {
            Chunks chunks = byRegion.get(entity.cell().region());
            return chunks == null ? -1 : chunks.last[terrain.chunkOf(entity)];
        }
    }

    private static final class Need {
        @Nullable
        CellId owner;

        long ownerSince;
        /** Since when it has been in chunks that its owner must have been asked for; -1 for not now. */
        long askedSince = -1;
        /** Since when it has been in chunks that nobody needs any more; -1 for not now. */
        long overSince = -1;

        Need(long now) {
            ownerSince = now;
        }
    }

    GhostChecker(Plan plan, Terrain terrain, History history) {
        this.calm = plan.faults().none();
        this.range = plan.cells().ghosts().rangeMetres();
        this.countMax = plan.cells().ghosts().countMax();
        this.terrain = terrain;
        this.history = history;
    }

    @Override
    public void closed(CellId cell, long epoch) {
        needs.remove(cell);
        wants.remove(cell);
    }

    @Override
    public void died(CellId cell, long epoch) {
        needs.remove(cell);
        wants.remove(cell);
    }

    @Override
    void afterTick(Observation world) {
        world.ghosts.forEach((cell, ghosts) -> {
            ghostCount += ghosts.size();
            require(ghosts.size() <= countMax, () -> cell + " has " + ghosts.size() + " ghosts");
            for (Ghost ghost : ghosts.values()) {
                Sighting truth = world.find(ghost.id());
                require(
                        truth == null || !truth.cell().equals(cell),
                        () -> name(ghost.id()) + " lives in " + cell + " and is a ghost there");
            }
            if (calm) {
                follow(cell, ghosts, world);
            }
        });
    }

    private void follow(CellId cell, Map<Long, Ghost> ghosts, Observation world) {
        List<Sighting> own = own(cell, world);
        Wanted wanted = wants.computeIfAbsent(cell, Wanted::new);
        wanted.by(own);
        Map<Long, Need> here = needs.computeIfAbsent(cell, _ -> new HashMap<>());
        for (Sighting other : world.all) {
            if (other.cell().equals(cell)) {
                here.remove(other.id());
                continue;
            }
            Need need = here.computeIfAbsent(other.id(), _ -> new Need(now()));
            if (!other.cell().equals(need.owner)) {
                need.owner = other.cell();
                need.ownerSince = now();
            }
            long since = wanted.since(other);
            boolean asked = since >= 0 && now() - Math.max(since, need.ownerSince) >= FOLLOW_TICKS;
            need.askedSince = !asked ? -1 : need.askedSince < 0 ? now() : need.askedSince;
            require(
                    !asked || now() - need.askedSince < TELL_TICKS || ghosts.containsKey(other.id()),
                    () -> name(other.id()) + " in " + other.cell() + " since tick " + need.ownerSince + " at "
                            + other.x() + ", " + other.y() + " is no ghost in " + cell
                            + ", which has needed its chunk " + terrain.chunkOf(other) + " since tick " + since);
            boolean over = now() - wanted.last(other) > HYSTERESIS_TICKS + SHRINK_TICKS
                    && now() - need.ownerSince > BRIDGE_TICKS;
            need.overSince = !over ? -1 : need.overSince < 0 ? now() : need.overSince;
            require(
                    !over || now() - need.overSince < TELL_TICKS || !ghosts.containsKey(other.id()),
                    () -> name(other.id()) + " in " + other.cell() + " at " + other.x() + ", " + other.y()
                            + " is a ghost in " + cell + ", which has not needed its chunk " + terrain.chunkOf(other)
                            + " since tick " + wanted.last(other));
        }
        for (Ghost ghost : ghosts.values()) {
            require(
                    history.goneFor(ghost.id()) <= OLDEST_TICKS + BRIDGE_TICKS || !history.knows(ghost.id()),
                    () -> name(ghost.id()) + " is a ghost in " + cell + ", but has been nowhere for "
                            + history.goneFor(ghost.id()) + " ticks");
            Need need = here.get(ghost.id());
            boolean bridged = need == null || now() - need.ownerSince <= BRIDGE_TICKS;
            int oldest = OLDEST_TICKS + (bridged ? BRIDGE_TICKS : 0);
            int age = history.ageOf(ghost.id(), ghost.x(), ghost.y(), TOLERANCE_METRES);
            require(
                    age <= oldest || !history.knows(ghost.id()),
                    () -> name(ghost.id()) + " is a ghost in " + cell + " where it was " + age
                            + " ticks ago or never, more than " + oldest);
        }
    }

    private static List<Sighting> own(CellId cell, Observation world) {
        List<Sighting> own = new ArrayList<>();
        for (Sighting sighting : world.all) {
            if (sighting.cell().equals(cell)) {
                own.add(sighting);
            }
        }
        return own;
    }

    @Override
    String unsettled(Observation world) {
        for (Map.Entry<CellId, Map<Long, Ghost>> each : world.ghosts.entrySet()) {
            String wrong = unsettled(each.getKey(), each.getValue(), world);
            if (!wrong.isEmpty()) {
                return each.getKey() + " " + wrong;
            }
        }
        return "";
    }

    private String unsettled(CellId cell, Map<Long, Ghost> ghosts, Observation world) {
        List<Sighting> own = own(cell, world);
        Wanted wanted = new Wanted(cell);
        wanted.by(own);
        for (Sighting other : world.all) {
            if (!other.cell().equals(cell) && !ghosts.containsKey(other.id()) && wanted.since(other) >= 0) {
                return "does not see " + name(other.id()) + " in " + other.cell() + ", which is in range";
            }
        }
        for (Ghost ghost : ghosts.values()) {
            Sighting truth = world.find(ghost.id());
            if (truth == null) {
                return "sees " + name(ghost.id()) + ", which is nowhere";
            }
            if (Math.abs(truth.x() - ghost.x()) > TOLERANCE_METRES
                    || Math.abs(truth.y() - ghost.y()) > TOLERANCE_METRES
                    || truth.wounds() != ghost.wounds()) {
                return "sees " + ghost + ", but the truth is " + truth;
            }
            if (wanted.last(truth) < 0) {
                return "still sees " + name(ghost.id()) + " in " + truth.cell() + ", which is far away";
            }
        }
        return "";
    }

    /** Ghosts seen by cells, all looks together. */
    long ghostCount() {
        return ghostCount;
    }
}
