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
    /** From need to ghost. Too wide: 16 hold in 33 of 40 calm seeds, but up to 62 were seen among layers that come and go, which is yet to be understood. */
    private static final int FOLLOW_TICKS = 100;
    /** A chunk stays wanted for so long after its last need. */
    private static final int HYSTERESIS_TICKS = 40;

    /** From there until the ghost goes; wide for the same reason. */
    private static final int SHRINK_TICKS = 120;

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

    /** When a cell last may have had need of a chunk of a region around. */
    private final class Wanted {
        private final SortedMap<RegionId, long[]> lastByRegion = new TreeMap<>();

        void by(CellId cell, Sighting acting) {
            boolean stray = !terrain.atHome(acting); // counts to the nearest chunks of every region around
            double reach = (Math.ceil(range / terrain.sideMetres()) + 4) * terrain.sideMetres();
            for (RegionId region : terrain.around(cell.region())) {
                long[] last = lastByRegion.computeIfAbsent(region, this::never);
                for (int chunk = 0; chunk < last.length; chunk++) {
                    if (stray
                            || (Math.abs(terrain.centreX(region, chunk) - acting.x()) <= reach
                                    && Math.abs(terrain.centreY(region, chunk) - acting.y()) <= reach)) {
                        last[chunk] = now();
                    }
                }
            }
        }

        private long[] never(RegionId region) {
            long[] last = new long[terrain.grid(region).chunkCount()];
            Arrays.fill(last, -1);
            return last;
        }

        long last(Sighting entity) {
            long[] last = lastByRegion.get(entity.cell().region());
            return last == null ? -1 : last[terrain.chunkOf(entity)];
        }
    }

    private static final class Need {
        /** Since when it must be there without a break; -1 for not now. */
        long mustSince = -1;

        @Nullable
        CellId owner;

        long ownerSince;

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
        Wanted wanted = wants.computeIfAbsent(cell, _ -> new Wanted());
        own.forEach(each -> wanted.by(cell, each));
        Map<Long, Need> here = needs.computeIfAbsent(cell, _ -> new HashMap<>());
        for (Sighting other : world.all) {
            if (other.cell().equals(cell)) {
                here.remove(other.id());
                continue;
            }
            Need need = here.computeIfAbsent(other.id(), _ -> new Need(now()));
            Sighting needs = must(cell, own, other);
            boolean must = needs != null;
            boolean same = other.cell().equals(need.owner);
            need.owner = other.cell();
            need.ownerSince = same ? need.ownerSince : now();
            need.mustSince = !must ? -1 : need.mustSince < 0 || !same ? now() : need.mustSince;
            require(
                    need.mustSince < 0 || now() - need.mustSince < FOLLOW_TICKS || ghosts.containsKey(other.id()),
                    () -> name(other.id()) + " in " + other.cell() + " at " + other.x() + ", " + other.y()
                            + " has been in range of " + cell + " for " + (now() - need.mustSince)
                            + " ticks, now of " + needs + ", and is no ghost there");
            require(
                    !ghosts.containsKey(other.id())
                            || now() - need.ownerSince <= BRIDGE_TICKS
                            || now() - wanted.last(other) <= HYSTERESIS_TICKS + SHRINK_TICKS,
                    () -> name(other.id()) + " in " + other.cell() + " is a ghost in " + cell
                            + ", which has not needed its chunk " + terrain.chunkOf(other) + " since tick "
                            + wanted.last(other));
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

    /** Who surely needs it: both are where they belong, and one is in range of the other's chunk. */
    private @Nullable Sighting must(CellId cell, List<Sighting> own, Sighting other) {
        if (!terrain.neighbours(cell.region(), other.cell().region()) || !terrain.atHome(other)) {
            return null;
        }
        for (Sighting each : own) {
            if (Math.abs(each.x() - other.x()) <= range
                    && terrain.distance(each.x(), each.y(), other) <= range
                    && terrain.atHome(each)) {
                return each;
            }
        }
        return null;
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
        Wanted wanted = new Wanted();
        own.forEach(each -> wanted.by(cell, each));
        for (Sighting other : world.all) {
            if (!other.cell().equals(cell) && !ghosts.containsKey(other.id()) && must(cell, own, other) != null) {
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
