package dev.terrane.server.gateways;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.RegionLayers;
import dev.terrane.coordinator.Tenure;
import dev.terrane.coordinator.WorldPace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A map of the cluster as gateways of one world look into it, for each input anew. Immutable. */
final class MapView {
    static final MapView EMPTY = new MapView(ClusterMap.EMPTY, new WorldId("none"));

    final ClusterMap map;
    private final Map<CellId, Tenure> tenures = new HashMap<>();
    private final Set<NodeId> nodes = new HashSet<>();
    private final SortedMap<RegionId, int[]> layers = new TreeMap<>();
    private final SortedMap<RegionId, RegionLayers> wanted;
    private final WorldPace.Stretch pace;
    private final List<Tenure> held = new ArrayList<>();

    MapView(ClusterMap map, WorldId world) {
        this.map = map;
        this.wanted = RegionLayers.all(map, world);
        this.pace = WorldPace.of(map, world, 0).last();
        map.nodes().forEach(member -> nodes.add(member.node()));
        SortedMap<RegionId, List<Integer>> byRegion = new TreeMap<>();
        for (Tenure tenure : map.cells()) {
            CellId cell = tenure.cell();
            if (!cell.world().equals(world) || tenure.phase() == Tenure.Phase.FREE) {
                continue;
            }
            tenures.put(cell, tenure);
            byRegion.computeIfAbsent(cell.region(), _ -> new ArrayList<>()).add(cell.layer());
            if (tenure.isHeld()) {
                held.add(tenure);
            }
        }
        byRegion.forEach((region, numbers) -> layers.put(
                region, numbers.stream().sorted().mapToInt(number -> number).toArray()));
    }

    /** Null for a cell that nobody holds, and nobody has to take. */
    @Nullable
    Tenure tenure(CellId cell) {
        return tenures.get(cell);
    }

    boolean isMember(NodeId node) {
        return nodes.contains(node);
    }

    boolean isDraining(NodeId node) {
        ClusterMap.Member member = map.node(node);
        return member != null && member.isDraining();
    }

    /** Of each region, ascending. */
    SortedMap<RegionId, int[]> layers() {
        return layers;
    }

    /** The layer of a region that takes newcomers in. */
    int entrance(RegionId region) {
        int[] known = layers.get(region);
        int entrance = wanted.getOrDefault(region, RegionLayers.ONE).newcomers();
        return known == null || Arrays.binarySearch(known, entrance) >= 0 ? entrance : known[0];
    }

    /** How fast and how carefully the world runs, or will soon. */
    WorldPace.Stretch pace() {
        return pace;
    }

    /** Cells that have an owner, in their order. */
    List<Tenure> held() {
        return held;
    }

    List<CellId> heldBy(NodeId node) {
        return held.stream()
                .filter(tenure -> node.equals(tenure.owner()))
                .map(Tenure::cell)
                .toList();
    }
}
