package dev.terrane.server.world;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.base.RegionId;
import dev.terrane.cell.Cell;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.RegionLayers;
import dev.terrane.placement.CellLoad;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what the map says of layers, as far as it is for cells of this node: tells cells which layers there are, and divides and merges.
 *
 * <pre>
 *   map ─► layers, newcomers ─► {@link Herald} ─► cells
 *       └► an order to one of ours ─► {@link DivideWork} │ {@link MergeWork} ─► done: reported │ given back
 * </pre>
 *
 * <p>{@link #follow} belongs to one thread, {@link #step} to the governor's, the rest to any.
 */
final class LayerOrders implements CrowdCare {
    /** Between two proposals to give layers back: until the map says so. */
    private static final long ASK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final Logger LOG = LoggerFactory.getLogger(LayerOrders.class);

    private final NodeId self;
    private final MappedLayers layers;
    private final LayerTools tools;
    private final Herald herald;
    private final ObjLongConsumer<CellId> release;
    /** Guarded by this. */
    private final Map<RegionId, Begun> begun = new TreeMap<>();
    /** Number of the last order of each region that was carried out here. Guarded by this. */
    private final Map<CellId, Long> done = new HashMap<>();

    /** The governor's own. */
    private long askedNanos;

    private volatile ClusterMap map = ClusterMap.EMPTY;

    private record Begun(RegionLayers.Order order, CellId cell, LayerWorks.Work work) {}

    /** @param release gives a layer back that is drained and stored, until the map says so */
    LayerOrders(NodeId self, MappedLayers layers, LayerTools tools, Herald herald, ObjLongConsumer<CellId> release) {
        this.self = self;
        this.layers = layers;
        this.tools = tools;
        this.herald = herald;
        this.release = release;
        this.askedNanos = tools.nanos() - ASK_NANOS;
    }

    /** The map has changed. */
    void follow(ClusterMap newer) {
        map = newer;
        for (RegionId region : layers.follow(newer)) {
            herald.layers(region);
            herald.deliver(region);
        }
        synchronized (this) {
            begun.entrySet().removeIf(each -> !each.getValue().order().equals(order(each.getKey())));
            layers.wanted().forEach(this::begin);
        }
    }

    private RegionLayers.@Nullable Order order(RegionId region) {
        RegionLayers wanted = layers.wanted().get(region);
        return wanted == null ? null : wanted.order();
    }

    private void begin(RegionId region, RegionLayers wanted) {
        RegionLayers.Order order = wanted.order();
        if (order == null || begun.containsKey(region)) {
            return;
        }
        CellId from = new CellId(layers.world(), region, order.from());
        CellId to = new CellId(layers.world(), region, order.to());
        if (!self.equals(map.cell(from).owner()) || done.getOrDefault(from, 0L) >= order.number()) {
            return;
        }
        LayerWorks.Work work = switch (order) {
            case RegionLayers.Divide divide -> new DivideWork(tools, from, to, divide.share(), divide.epoch());
            case RegionLayers.Merge _ -> new MergeWork(tools, from, to, this::giveBack);
        };
        begun.put(region, new Begun(order, from, work));
        LOG.atInfo()
                .addKeyValue("world", layers.world())
                .addKeyValue("cell", from)
                .addKeyValue("order", order)
                .log("a layer has to hand over");
    }

    @Override
    public void look(long tick, boolean pressed) {
        // The leading coordinator does.
    }

    @Override
    public synchronized void step() {
        begun.values().removeIf(each -> {
            if (!self.equals(map.cell(each.cell()).owner())) {
                return true; // whoever has it now sees to it
            }
            boolean ended = ended(each);
            if (ended && each.order() instanceof RegionLayers.Divide) {
                done.put(each.cell(), each.order().number());
            }
            // A merge is over when the map says that nobody has the layer: until then it is given back again.
            return ended && each.order() instanceof RegionLayers.Divide;
        });
    }

    private void giveBack(Cell sealed) {
        long now = tools.nanos();
        if (now - askedNanos >= ASK_NANOS) {
            askedNanos = now;
            release.accept(sealed.id(), sealed.epoch());
        }
    }

    private boolean ended(Begun each) {
        try {
            return each.work().step();
        } catch (RuntimeException bug) {
            LOG.atError()
                    .setCause(bug)
                    .addKeyValue("cell", each.cell())
                    .addKeyValue("order", each.order())
                    .log("given up");
            return true;
        }
    }

    /** Tells a cell that is about to be seated all that concerns it. */
    void brief(Cell cell) {
        herald.brief(cell);
    }

    /** Of cells that run. */
    synchronized List<CrowdReading> readings(Seats seats) {
        List<CrowdReading> readings = new ArrayList<>();
        for (CellSeat seat : seats.all()) {
            Cell cell = seat.cell();
            if (cell != null && cell.phase() == Cell.Phase.RUNNING) {
                readings.add(new CrowdReading(load(seat, cell), cell.epoch(), done.getOrDefault(seat.id(), 0L)));
            }
        }
        return readings;
    }

    private static CellLoad load(CellSeat seat, Cell cell) {
        return new CellLoad(
                seat.id(),
                cell.entityCount(),
                cell.avatarCount(),
                cell.waitingCount(),
                seat.load().p99Nanos(),
                seat.load().averageNanos());
    }
}
