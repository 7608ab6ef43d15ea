package dev.terrane.placement;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a crowded region splits into layers and when layers merge.
 *
 * <pre>
 *   calm ──a cell over its limits for overTicks──► Split │ Balance ─┐
 *    ▲                                                              ├─► busy ──done──► cooldown ──► calm
 *    └──two layers together below mergePercent for calmTicks──► Merge┘
 * </pre>
 *
 * <p>It does not flap: a split leaves layers that together are over the limits, a merge asks for much less than the limits, for longer, and after either the
 * region rests. One step per region at a time. Layer 0 is never merged away: it is where a region begins. One owner.
 */
public final class CrowdPlan {
    /** A cell with fewer entities is slow for another reason than its crowd. */
    private static final int ENTITIES_SPLIT_MIN = 8;

    private static final float HALF = 0.5f;

    private final CrowdRules rules;
    private final Map<RegionId, Region> regions = new TreeMap<>();
    private final Map<CellId, Long> overSince = new TreeMap<>();

    /** What is remembered of a region. */
    private static final class Region {
        boolean busy;

        @Nullable
        CellId leaving;

        long restUntilTick = Long.MIN_VALUE;
        long calmSince = -1;
        int newcomers;
    }

    public CrowdPlan(CrowdRules rules) {
        this.rules = rules;
    }

    /**
     * One look at all cells of the world.
     *
     * @param tick of the world, higher than last time
     * @param loads of all cells that are up
     * @param workerCount threads that tick them: more layers than that gain nothing
     * @param pressed the world cannot keep up: the heaviest cell counts as over its limits, and nothing merges
     */
    public List<CrowdStep> step(long tick, List<CellLoad> loads, int workerCount, boolean pressed) {
        Map<RegionId, List<CellLoad>> byRegion = new TreeMap<>();
        for (CellLoad load : loads) {
            byRegion.computeIfAbsent(load.cell().region(), region -> new ArrayList<>())
                    .add(load);
        }
        CellId heaviest = pressed ? heaviest(loads, workerCount) : null;
        count(tick, loads, heaviest);
        int layersMax = Math.min(rules.layersMax(), Math.max(1, workerCount));
        List<CrowdStep> steps = new ArrayList<>();
        byRegion.forEach((id, layers) -> {
            layers.sort(Comparator.comparing(CellLoad::cell));
            Region region = regions.computeIfAbsent(id, key -> new Region());
            CrowdStep change = change(tick, region, layers, layersMax, pressed);
            if (change != null) {
                region.busy = true;
                region.calmSince = -1;
                region.leaving = change instanceof CrowdStep.Merge merge ? merge.leaving() : null;
                layers.forEach(load -> overSince.remove(load.cell()));
                steps.add(change);
            }
            newcomers(region, layers, change, steps);
        });
        return steps;
    }

    private void count(long tick, List<CellLoad> loads, @Nullable CellId heaviest) {
        for (CellLoad load : loads) {
            if (rules.limits().exceededBy(load) || load.cell().equals(heaviest)) {
                overSince.putIfAbsent(load.cell(), tick);
            } else {
                overSince.remove(load.cell());
            }
        }
    }

    /** The cell that splitting would help most: no other ticks longer, and it is a good part of what one worker can do. */
    private static @Nullable CellId heaviest(List<CellLoad> loads, int workerCount) {
        CellLoad heaviest = null;
        long total = 0;
        for (CellLoad load : loads) {
            total += load.averageNanos();
            if (heaviest == null || load.averageNanos() > heaviest.averageNanos()) {
                heaviest = load;
            }
        }
        return heaviest == null || heaviest.averageNanos() * workerCount * 2 < total ? null : heaviest.cell();
    }

    private @Nullable CrowdStep change(
            long tick, Region region, List<CellLoad> layers, int layersMax, boolean pressed) {
        if (region.busy || tick < region.restUntilTick) {
            region.calmSince = -1;
            return null;
        }
        if (rules.layersMax() == 1 && layers.size() > 1) {
            return merge(layers);
        }
        CellLoad crowded = crowded(tick, layers);
        if (crowded != null) {
            region.calmSince = -1;
            return relieve(crowded, layers, layersMax);
        }
        boolean calm = !pressed && layers.size() > 1 && mergeable(layers);
        region.calmSince = !calm ? -1 : region.calmSince < 0 ? tick : region.calmSince;
        return calm && tick - region.calmSince >= rules.calmTicks() ? merge(layers) : null;
    }

    /** The fullest of the cells that have been over their limits for long enough. */
    private @Nullable CellLoad crowded(long tick, List<CellLoad> layers) {
        CellLoad found = null;
        for (CellLoad load : layers) {
            Long since = overSince.get(load.cell());
            if (since != null
                    && tick - since >= rules.overTicks()
                    && load.entities() >= ENTITIES_SPLIT_MIN
                    && (found == null || load.entities() > found.entities())) {
                found = load;
            }
        }
        return found;
    }

    private static @Nullable CrowdStep relieve(CellLoad crowded, List<CellLoad> layers, int layersMax) {
        CellLoad emptiest = emptiest(layers, crowded.cell());
        if (emptiest != null && emptiest.entities() * 2L < crowded.entities()) {
            float share = (crowded.entities() - emptiest.entities()) / (2f * crowded.entities());
            return new CrowdStep.Balance(crowded.cell(), emptiest.cell(), share);
        }
        if (layers.size() >= layersMax) {
            return null;
        }
        CellId cell = crowded.cell();
        return new CrowdStep.Split(cell, new CellId(cell.world(), cell.region(), freeLayer(layers)), HALF);
    }

    private static int freeLayer(List<CellLoad> layers) {
        int free = 0;
        for (CellLoad load : layers) {
            if (load.cell().layer() == free) {
                free++;
            }
        }
        return free;
    }

    private boolean mergeable(List<CellLoad> layers) {
        CrowdStep.Merge merge = merge(layers);
        return rules.limits()
                .roomFor(load(layers, merge.leaving()), load(layers, merge.target()), rules.mergePercent());
    }

    /** The emptiest layer but 0 goes to the emptiest of the others. */
    private static CrowdStep.Merge merge(List<CellLoad> layers) {
        CellLoad leaving = null;
        for (CellLoad load : layers) {
            if (load.cell().layer() != 0 && (leaving == null || emptier(load, leaving))) {
                leaving = load;
            }
        }
        CellLoad target = leaving == null ? null : emptiest(layers, leaving.cell());
        if (leaving == null || target == null) {
            throw new IllegalArgumentException("nothing to merge among " + layers);
        }
        return new CrowdStep.Merge(leaving.cell(), target.cell());
    }

    private static CellLoad load(List<CellLoad> layers, CellId cell) {
        return layers.stream()
                .filter(load -> load.cell().equals(cell))
                .findFirst()
                .orElseThrow();
    }

    private static @Nullable CellLoad emptiest(List<CellLoad> layers, @Nullable CellId but) {
        CellLoad found = null;
        for (CellLoad load : layers) {
            if (!load.cell().equals(but) && (found == null || emptier(load, found))) {
                found = load;
            }
        }
        return found;
    }

    private static boolean emptier(CellLoad one, CellLoad other) {
        return one.avatars() != other.avatars() ? one.avatars() < other.avatars() : one.entities() < other.entities();
    }

    /** Newcomers go to the layer with the fewest avatars; they change it only where that makes a difference. */
    private static void newcomers(
            Region region, List<CellLoad> layers, @Nullable CrowdStep change, List<CrowdStep> steps) {
        if (change instanceof CrowdStep.Split split) {
            region.newcomers = split.fresh().layer();
            return;
        }
        CellLoad best = emptiest(layers, region.leaving);
        CellLoad now = layers.stream()
                .filter(load ->
                        load.cell().layer() == region.newcomers && !load.cell().equals(region.leaving))
                .findFirst()
                .orElse(null);
        if (best == null || (region.busy && region.leaving == null)) {
            return; // while a split fills the new layer, its emptiness says nothing
        }
        if (now == null || now.avatars() > best.avatars() + best.avatars() / 10 + 4) {
            region.newcomers = best.cell().layer();
            steps.add(new CrowdStep.Newcomers(best.cell()));
        }
    }

    /** A step was carried out, or given up: its region rests before the next. */
    public void done(RegionId id, long tick) {
        Region region = regions.computeIfAbsent(id, key -> new Region());
        region.busy = false;
        region.leaving = null;
        region.restUntilTick = tick + rules.cooldownTicks();
    }

    /**
     * Somebody else has decided before: what the region is like when this plan begins.
     *
     * @param isBusy with a step that is not {@link #done} yet
     * @param leaving the layer that merges; null: none
     */
    public void found(RegionId id, int newcomers, boolean isBusy, @Nullable CellId leaving) {
        Region region = regions.computeIfAbsent(id, key -> new Region());
        region.newcomers = newcomers;
        region.busy = isBusy;
        region.leaving = leaving;
    }

    /** The layer for whoever comes into the region. */
    public int newcomers(RegionId id) {
        Region region = regions.get(id);
        return region == null ? 0 : region.newcomers;
    }

    /** Whether this cell has been over its limits for long enough to do something about it, be that possible or not. */
    public boolean crowded(CellId cell, long tick) {
        Long since = overSince.get(cell);
        return since != null && tick - since >= rules.overTicks();
    }
}
