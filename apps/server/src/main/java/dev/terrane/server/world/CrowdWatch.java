package dev.terrane.server.world;

import dev.terrane.base.CellId;
import dev.terrane.base.Meters;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.cell.Cell;
import dev.terrane.placement.CellLoad;
import dev.terrane.placement.CrowdPlan;
import dev.terrane.placement.CrowdRules;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the crowd plan what the cells have to do, and has its steps carried out.
 *
 * <p>{@link #entrance} may be asked by any thread, everything else belongs to the governor's.
 */
final class CrowdWatch implements CrowdCare {
    private static final Logger LOG = LoggerFactory.getLogger(CrowdWatch.class);

    private final WorldId world;
    private final CrowdRules rules;
    private final int layersMax;
    private final Governor governor;
    private final CrowdPlan plan;
    private final LayerTools tools;
    private final LayerWorks works;
    private final Meters meters;
    private final Set<CellId> crowded = ConcurrentHashMap.newKeySet();
    private final Set<CellId> metered = new TreeSet<>();
    private volatile Map<RegionId, Integer> layerCounts = Map.of();

    /** @param plan decides; also where newcomers go, which the herald asks it */
    CrowdWatch(WorldSetup setup, Governor governor, LayerTools tools, CrowdPlan plan) {
        this.world = new WorldId(setup.world().map().world());
        this.rules = setup.pace().crowd();
        this.layersMax = Math.min(rules.layersMax(), setup.pace().workerCount());
        this.governor = governor;
        this.plan = plan;
        this.tools = tools;
        this.meters = setup.runtime().meters();
        this.works = new LayerWorks(
                tools, governor, region -> plan.done(region, governor.latestTick()), meters, world.name());
        for (RegionId region : setup.world().map().partition().regions()) {
            meters.gauge(
                    "region_layers",
                    () -> layerCounts.getOrDefault(region, 1),
                    "world",
                    world.name(),
                    "region",
                    region.toString());
        }
    }

    /** Decides. */
    @Override
    public void look(long tick, boolean pressed) {
        List<CellLoad> loads = governor.loads();
        plan.step(tick, loads, governor.workers().loops().size(), pressed).forEach(works::begin);
        Map<RegionId, Integer> counts = new TreeMap<>();
        crowded.retainAll(loads.stream().map(CellLoad::cell).toList());
        for (CellLoad load : loads) {
            counts.merge(load.cell().region(), 1, Integer::sum);
            report(load, plan.crowded(load.cell(), tick));
        }
        layerCounts = counts;
    }

    /** Carries on with what was decided. */
    @Override
    public void step() {
        works.step();
    }

    /** Whether this cell is over its limits, and nothing helped yet. Any thread. */
    boolean crowded(CellId cell) {
        return crowded.contains(cell);
    }

    private void report(CellLoad load, boolean now) {
        CellId cell = load.cell();
        if (metered.add(cell)) {
            meters.gauge("cell_crowded", () -> crowded(cell) ? 1 : 0, "cell", cell.toString());
        }
        if (now == crowded.contains(load.cell())) {
            return;
        }
        if (now) {
            crowded.add(load.cell());
        } else {
            crowded.remove(load.cell());
        }
        (now ? LOG.atWarn() : LOG.atInfo())
                .addKeyValue("world", world)
                .addKeyValue("cell", load.cell())
                .addKeyValue("entities", load.entities())
                .addKeyValue("avatars", load.avatars())
                .addKeyValue("waiting", load.waiting())
                .addKeyValue("p99Millis", load.p99Nanos() / 1_000_000.0)
                .log(now ? "the cell is crowded and cannot be split now" : "the cell is no longer crowded");
    }

    /** The cell that takes in whoever enters this region; null when nobody else may, because it is full and cannot be split any further. */
    @Nullable
    CellId entrance(RegionId region, Seats seats) {
        CellId entrance = new CellId(world, region, tools.entrance(region));
        CellSeat seat = seats.get(entrance);
        Cell cell = seat == null ? null : seat.cell();
        boolean full = layersMax > 1
                && cell != null
                && cell.avatarCount() >= rules.limits().avatarsMax()
                && layerCounts.getOrDefault(region, 1) >= layersMax;
        return full ? null : entrance;
    }
}
