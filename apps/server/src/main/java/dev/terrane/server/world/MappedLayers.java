package dev.terrane.server.world;

import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.RegionLayers;
import dev.terrane.coordinator.Tenure;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Layers as the cluster's map has them: those that somebody has or has to take. One thread changes it, any may ask. */
final class MappedLayers implements Herald.Layering {
    private static final int[] FIRST = {0};

    private final WorldId world;
    private volatile View view = new View(new TreeMap<>(), new TreeMap<>());

    private record View(SortedMap<RegionId, int[]> layers, SortedMap<RegionId, RegionLayers> wanted) {}

    MappedLayers(WorldId world) {
        this.world = world;
    }

    /** Regions that have something to say for themselves: more than their first layer, or did so before. */
    TreeSet<RegionId> follow(ClusterMap map) {
        TreeMap<RegionId, int[]> layers = new TreeMap<>();
        for (Tenure tenure : map.cells()) {
            if (tenure.cell().world().equals(world) && tenure.phase() != Tenure.Phase.FREE) {
                layers.merge(
                        tenure.cell().region(),
                        new int[] {tenure.cell().layer()},
                        MappedLayers::joined); // cells come in their order
            }
        }
        TreeSet<RegionId> concerned = new TreeSet<>(view.wanted.keySet());
        concerned.addAll(view.layers.keySet());
        layers.values().removeIf(numbers -> Arrays.equals(numbers, FIRST));
        View now = new View(layers, RegionLayers.all(map, world));
        view = now;
        concerned.addAll(now.wanted.keySet());
        concerned.addAll(now.layers.keySet());
        return concerned;
    }

    private static int[] joined(int[] numbers, int[] one) {
        int[] more = Arrays.copyOf(numbers, numbers.length + 1);
        more[numbers.length] = one[0];
        return more;
    }

    WorldId world() {
        return world;
    }

    /** What regions are to be like, of which there is something to say. */
    SortedMap<RegionId, RegionLayers> wanted() {
        return view.wanted;
    }

    @Override
    public int[] layers(RegionId region) {
        return view.layers.getOrDefault(region, FIRST);
    }

    /** Whoever is sent to a layer that nobody has would wait. */
    @Override
    public int newcomers(RegionId region) {
        View now = view;
        int[] known = now.layers.getOrDefault(region, FIRST);
        int wanted = now.wanted.getOrDefault(region, RegionLayers.ONE).newcomers();
        return Arrays.binarySearch(known, wanted) >= 0 ? wanted : known[0];
    }
}
