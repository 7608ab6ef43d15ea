package dev.terrane.server.gateways;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.coordinator.Tenure;
import dev.terrane.coordinator.WorldPace;
import dev.terrane.gateway.NodeNews;
import dev.terrane.protocol.cluster.CellOutput;
import dev.terrane.server.edge.GatewayHub;
import dev.terrane.server.world.Sheds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells the node's gateways what the map says, and which ways were cut: their numbers, layers, cells that began or go on, ways that are mended. Whoever had no room, or is not there yet, is told with
 * the next {@link #cry}; nobody is told twice. One thread at a time; never blocks for longer than that.
 */
final class MapCrier {
    private final WorldId world;
    private final GatewayHub hub;
    private final RemoteCells cells;
    private final IntFunction<RemoteCells.Door> doors;
    private final Supplier<MapView> view;
    private final List<Ear> ears = new ArrayList<>();

    /** What one gateway was told. */
    private static final class Ear {
        private final int local;
        private final SortedMap<RegionId, int[]> layers = new TreeMap<>();
        private final SortedMap<CellId, Long> epochs = new TreeMap<>();
        private final SortedMap<NodeId, Integer> cuts = new TreeMap<>();
        private int number;
        private WorldPace.@Nullable Stretch pace;

        private Ear(int local, int number) {
            this.local = local;
            this.number = number;
        }
    }

    MapCrier(
            WorldId world,
            GatewayHub hub,
            RemoteCells cells,
            IntFunction<RemoteCells.Door> doors,
            Supplier<MapView> view) {
        this.world = world;
        this.hub = hub;
        this.cells = cells;
        this.doors = doors;
        this.view = view;
        for (int local = 0; local < hub.gatewayCount(); local++) {
            ears.add(new Ear(local, hub.number(local)));
        }
    }

    /** Tells each gateway what it was not told yet; false when one had no room for all of it. */
    synchronized boolean cry() {
        MapView now = view.get();
        Map<NodeId, Integer> cuts = cells.cuts();
        boolean all = true;
        for (Ear ear : ears) {
            all &= number(ear) && pace(ear, now) && layers(ear, now) && epochs(ear, now) && ways(ear, now, cuts);
        }
        hub.wakeAll();
        return all;
    }

    private boolean number(Ear ear) {
        int number = hub.number(ear.local);
        if (number != ear.number) {
            if (!hub.tell(ear.local, new NodeNews.Numbered(number))) {
                return false;
            }
            ear.number = number;
        }
        return true;
    }

    private boolean pace(Ear ear, MapView now) {
        WorldPace.Stretch newest = now.pace();
        if (newest.equals(ear.pace)) {
            return true;
        }
        if (!hub.leave(
                ear.local,
                new CellOutput.Pace(world, newest.firstTick(), (float) newest.dilation(), Sheds.of(newest.rung())))) {
            return false;
        }
        ear.pace = newest;
        return true;
    }

    private boolean layers(Ear ear, MapView now) {
        for (Map.Entry<RegionId, int[]> each : now.layers().entrySet()) {
            RegionId region = each.getKey();
            int[] layers = each.getValue();
            if (Arrays.equals(layers, ear.layers.get(region))) {
                continue;
            }
            if (!hub.leave(ear.local, new CellOutput.Layers(world, region, layers))) {
                return false;
            }
            ear.layers.put(region, layers);
            ear.epochs
                    .keySet()
                    .removeIf(cell ->
                            cell.region().equals(region) && now.tenure(cell) == null); // it is forgotten there, too
        }
        return true;
    }

    private boolean epochs(Ear ear, MapView now) {
        for (Tenure tenure : now.held()) {
            long told = ear.epochs.getOrDefault(tenure.cell(), 0L);
            if (tenure.epoch() <= told) {
                continue;
            }
            boolean goesOn = tenure.begunEpoch() <= told;
            if (!hub.leave(ear.local, new CellOutput.CellUp(tenure.cell(), tenure.epoch(), goesOn))) {
                return false;
            }
            ear.epochs.put(tenure.cell(), tenure.epoch());
        }
        return true;
    }

    private boolean ways(Ear ear, MapView now, Map<NodeId, Integer> cuts) {
        for (Map.Entry<NodeId, Integer> each : cuts.entrySet()) {
            NodeId peer = each.getKey();
            int count = each.getValue();
            if (count == ear.cuts.getOrDefault(peer, 0) || !cells.reaches(peer)) {
                continue;
            }
            RemoteCells.Door door = doors.apply(ear.local);
            if (!hub.tell(ear.local, new NodeNews.WayMended(now.heldBy(peer), () -> door.heard(peer, count)))) {
                return false;
            }
            ear.cuts.put(peer, count);
        }
        return true;
    }
}
