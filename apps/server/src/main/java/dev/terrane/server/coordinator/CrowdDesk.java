package dev.terrane.server.coordinator;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.base.RegionId;
import dev.terrane.coordinator.Command;
import dev.terrane.coordinator.CoordinatorState;
import dev.terrane.coordinator.Entry;
import dev.terrane.coordinator.NodeInfo;
import dev.terrane.coordinator.NodeInfo.Role;
import dev.terrane.coordinator.RegionLayers;
import dev.terrane.coordinator.Tenure;
import dev.terrane.node.NodeMessage;
import dev.terrane.placement.CellLoad;
import dev.terrane.placement.CrowdPlan;
import dev.terrane.placement.CrowdStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Of one leadership: has crowded regions split and calm ones merge, by the plan of {@link dev.terrane.placement}, what sims have said, and values of the log that all nodes follow.
 *
 * <pre>
 *   Split ─► the layer is wanted ─► it runs, and all nodes know of it ─► newcomers, Divide ─► done
 *   Merge ─► newcomers go elsewhere, and all nodes know ─► Merge ─► its owner has given it back ─► the layer is not wanted
 * </pre>
 *
 * <p>Whoever leads next finds layers, newcomers and orders in the log, and goes on; what was not written there has not begun. The coordinator's thread.
 */
final class CrowdDesk {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    /** A layer that has not come up, or a cell that has not divided, by then is let be: if it is still crowded, something else is tried. */
    private static final long STEP_NANOS_MAX = TimeUnit.MINUTES.toNanos(1);

    private static final Logger LOG = LoggerFactory.getLogger(CrowdDesk.class);

    private final long term;
    private final WorldPlan world;
    private final CrowdBook book;
    private final LoadBook loads;
    private final LayerMeters meters;
    private final CrowdPlan plan;
    private final long sinceNanos;
    private final Map<RegionId, Begun> begun = new TreeMap<>();
    /** What regions are to be like; until the log says so. */
    private final Map<RegionId, RegionLayers> wanted = new TreeMap<>();
    /** Keys whose new values are proposed and not answered. */
    private final Set<String> underway = new HashSet<>();

    private long lookedNanos;
    private boolean looked;
    // Of the present look.
    private long nowNanos;
    private SortedMap<CellId, NodeMessage.Crowd> crowds = new TreeMap<>();

    /** A step of the plan that is not done. */
    private static final class Begun {
        /** Null: found in the log, which has its order. */
        private final @Nullable CrowdStep what;

        private long sinceNanos;
        private boolean isOrdered;
        /** Of the map that everybody has to act on first; 0: that is not there yet. */
        private long mapVersion;

        private Begun(@Nullable CrowdStep what, long sinceNanos) {
            this.what = what;
            this.sinceNanos = sinceNanos;
        }
    }

    CrowdDesk(long term, WorldPlan world, CrowdBook book, LoadBook loads, LayerMeters meters, long nowNanos) {
        this.term = term;
        this.world = world;
        this.book = book;
        this.loads = loads;
        this.meters = meters;
        this.plan = new CrowdPlan(world.crowds());
        this.sinceNanos = nowNanos;
        this.lookedNanos = nowNanos;
    }

    /** What became of an entry is in the state now, or will never be known: then it is proposed again. */
    void answered(Entry entry) {
        if (entry.command() instanceof Command.PutValue put) {
            underway.remove(put.key());
        }
    }

    /**
     * What to put into the log now. A bug in here must not keep the leader from seeing to nodes that are lost.
     *
     * @param pressed the world cannot keep up: its heaviest cell splits though it is within its limits, and nothing merges
     */
    List<Entry> step(CoordinatorState state, long now, boolean pressed) {
        if (now - lookedNanos < LOOK_NANOS) {
            return List.of();
        }
        lookedNanos = now;
        nowNanos = now;
        try {
            return look(state, pressed);
        } catch (RuntimeException bug) {
            LOG.atError().setCause(bug).log("a look at crowds failed; the next one comes");
            return List.of();
        }
    }

    private List<Entry> look(CoordinatorState state, boolean pressed) {
        book.retain(state.nodes().stream().map(NodeInfo::node).toList());
        crowds = book.all(state.tenures());
        if (!looked) {
            looked = true;
            RegionLayers.all(state, world.id()).forEach(this::find);
        }
        new TreeMap<>(begun).forEach((region, each) -> {
            if (!wanted.containsKey(region)) {
                goOn(region, each, state);
            }
        });
        List<CellLoad> all =
                crowds.values().stream().map(NodeMessage.Crowd::load).toList();
        plan.step(tick(), all, workerCount(state), pressed).forEach(what -> begin(what, state));
        meters.crowded(crowds.keySet().stream()
                .filter(cell -> plan.crowded(cell, tick()))
                .collect(Collectors.toSet()));
        book.missed().forEach(cell -> wake(cell, state));
        return entries(state);
    }

    private long tick() {
        return (nowNanos - sinceNanos) / (TimeUnit.SECONDS.toNanos(1) / world.tickRate());
    }

    private int workerCount(CoordinatorState state) {
        long nanos = nodes(state, Role.SIM).stream()
                .filter(node -> !state.isDraining(node))
                .mapToLong(loads::capacity)
                .sum();
        return (int) Math.max(1, nanos / TimeUnit.SECONDS.toNanos(1));
    }

    private static List<NodeId> nodes(CoordinatorState state, Role... roles) {
        return state.nodes().stream()
                .filter(info -> Arrays.stream(roles).anyMatch(info::does))
                .map(info -> info.node())
                .toList();
    }

    private void find(RegionId region, RegionLayers layers) {
        RegionLayers.Order order = layers.order();
        plan.found(
                region,
                layers.newcomers(),
                order != null,
                order instanceof RegionLayers.Merge merge ? cell(region, merge.from()) : null);
        if (order != null) {
            begun.put(region, new Begun(null, nowNanos));
        }
    }

    private CellId cell(RegionId region, int layer) {
        return new CellId(world.id(), region, layer);
    }

    /** As it is to be; a layer that runs without having been wanted is there all the same. */
    private RegionLayers layers(RegionId region, CoordinatorState state) {
        RegionLayers layers = wanted.getOrDefault(region, RegionLayers.of(state, world.id(), region));
        for (CellId cell : crowds.keySet()) {
            layers = cell.region().equals(region) ? layers.with(cell.layer()) : layers;
        }
        return layers;
    }

    private void begin(CrowdStep what, CoordinatorState state) {
        RegionId region = what.region();
        meters.began(what);
        LOG.atInfo().addKeyValue("world", world.id()).addKeyValue("step", what).log("layers change");
        RegionLayers layers = layers(region, state);
        switch (what) {
            case CrowdStep.Newcomers(CellId cell) -> {
                if (!begun.containsKey(region)) { // else the step that is underway sees to it
                    wanted.put(region, entering(layers, cell.layer()));
                }
            }
            case CrowdStep.Split split -> {
                begun.put(region, new Begun(what, nowNanos));
                wanted.put(region, layers.with(split.fresh().layer()));
            }
            case CrowdStep.Balance _, CrowdStep.Merge _ -> begun.put(region, new Begun(what, nowNanos));
        }
    }

    /** Somebody was handed to a layer while it was taken away: he arrives when it runs again. */
    private void wake(CellId cell, CoordinatorState state) {
        RegionId region = cell.region();
        if (cell.layer() != 0
                && world.cells().contains(cell(region, 0))
                && state.tenure(cell).phase() == Tenure.Phase.FREE
                && !begun.containsKey(region)) {
            wanted.put(region, layers(region, state).with(cell.layer()));
        }
    }

    private void goOn(RegionId region, Begun each, CoordinatorState state) {
        RegionLayers layers = layers(region, state);
        if (layers.order() != null) {
            each.sinceNanos = each.isOrdered ? each.sinceNanos : nowNanos;
            each.isOrdered = true;
            if (isCarriedOut(region, layers.order(), each, state)) {
                wanted.put(
                        region,
                        layers.order() instanceof RegionLayers.Merge merge
                                ? layers.without(merge.from())
                                : layers.ordered(null));
            }
        } else if (each.isOrdered || nowNanos - each.sinceNanos > STEP_NANOS_MAX) {
            end(region);
        } else {
            order(region, each, layers, state);
        }
    }

    private boolean isCarriedOut(RegionId region, RegionLayers.Order order, Begun each, CoordinatorState state) {
        CellId from = cell(region, order.from());
        Tenure tenure = state.tenure(from);
        return switch (order) {
            case RegionLayers.Merge _ -> tenure.phase() == Tenure.Phase.FREE;
            case RegionLayers.Divide divide -> {
                NodeMessage.Crowd said = crowds.get(from);
                yield tenure.epoch() != divide.epoch()
                        || said != null && said.orderDone() >= divide.number()
                        || nowNanos - each.sinceNanos > STEP_NANOS_MAX;
            }
        };
    }

    private void end(RegionId region) {
        begun.remove(region);
        plan.done(region, tick());
    }

    /** Gives the order as soon as everybody knows what it takes for granted. */
    private void order(RegionId region, Begun each, RegionLayers layers, CoordinatorState state) {
        switch (each.what) {
            case CrowdStep.Split(CellId crowded, CellId fresh, float share) -> {
                if (crowds.containsKey(fresh) && isKnown(each, state)) {
                    divide(layers, crowded, fresh, share, state);
                }
            }
            case CrowdStep.Balance(CellId crowded, CellId emptier, float share) ->
                divide(layers, crowded, emptier, share, state);
            case CrowdStep.Merge(CellId leaving, CellId target) -> {
                RegionLayers elsewhere = entering(layers, plan.newcomers(region));
                if (!elsewhere.equals(layers)) {
                    wanted.put(region, elsewhere);
                } else if (isKnown(each, state)) {
                    wanted.put(
                            region,
                            layers.ordered(new RegionLayers.Merge(number(state), leaving.layer(), target.layer())));
                }
            }
            case null, default -> end(region);
        }
    }

    private void divide(RegionLayers layers, CellId crowded, CellId target, float share, CoordinatorState state) {
        RegionId region = crowded.region();
        NodeMessage.Crowd said = crowds.get(crowded);
        if (said == null || !crowds.containsKey(target)) {
            end(region); // one of them has fallen: if it is still crowded then, it is asked again
            return;
        }
        wanted.put(
                region,
                entering(layers, plan.newcomers(region))
                        .ordered(new RegionLayers.Divide(
                                number(state), crowded.layer(), said.epoch(), target.layer(), share)));
    }

    private static RegionLayers entering(RegionLayers layers, int newcomers) {
        return layers.layers().contains(newcomers) ? layers.entering(newcomers) : layers;
    }

    /** That no order had before: entries are counted for the life of the log. */
    private static long number(CoordinatorState state) {
        return state.appliedCount() + 1;
    }

    private boolean isKnown(Begun each, CoordinatorState state) {
        if (each.mapVersion == 0) {
            each.mapVersion = state.appliedCount();
        }
        return book.allAct(nodes(state, Role.SIM, Role.GATEWAY), each.mapVersion);
    }

    private List<Entry> entries(CoordinatorState state) {
        List<Entry> entries = new ArrayList<>();
        new TreeMap<>(wanted).forEach((region, layers) -> {
            String key = RegionLayers.key(world.id(), region);
            byte[] value = layers.toBytes();
            if (Arrays.equals(value, state.value(key).orElse(new byte[0]))) {
                wanted.remove(region);
            } else if (underway.add(key)) {
                Command put = new Command.PutValue(key, state.valueVersion(key), value);
                entries.add(new Entry(term, "leader", layers.toString(), put));
            }
        });
        return entries;
    }
}
