package dev.terrane.testkit;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.cell.Cell;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellPort;
import dev.terrane.space.Partition;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The steward's part in splits and merges: who is told what, and when a layer may be taken away. */
final class RigLayers {
    private final WorldId world;
    private final Partition partition;
    private final CellPort cells;
    private final SortedMap<RegionId, TreeSet<Integer>> layers = new TreeMap<>();
    private final SortedMap<RegionId, Integer> newcomers = new TreeMap<>();
    private final SortedMap<CellId, CellId> merging = new TreeMap<>();

    RigLayers(WorldId world, Partition partition, CellPort cells) {
        this.world = world;
        this.partition = partition;
        this.cells = cells;
        for (RegionId region : partition.regions()) {
            layers.put(region, new TreeSet<>(List.of(0)));
            newcomers.put(region, 0);
        }
    }

    CellId entranceOf(RegionId region) {
        return new CellId(world, region, newcomers.getOrDefault(region, 0));
    }

    TreeSet<Integer> of(RegionId region) {
        TreeSet<Integer> here = layers.get(region);
        if (here == null) {
            throw new IllegalArgumentException("no region " + region);
        }
        return here;
    }

    /** A number that no layer of the region has now. */
    int free(RegionId region) {
        int layer = 1;
        while (of(region).contains(layer)) {
            layer++;
        }
        return layer;
    }

    void opened(CellId cell, boolean entrance) {
        of(cell.region()).add(cell.layer());
        if (entrance) {
            newcomers.put(cell.region(), cell.layer());
        }
        tellAround(cell.region());
        partition.neighbours(cell.region()).forEach(neighbour -> tell(cell, neighbour));
    }

    void merge(CellId from, CellId to) {
        merging.put(from, to);
        newcomers.put(from.region(), to.layer());
        tellAround(from.region());
        offer(from, new CellInput.Merge(to));
    }

    boolean isMerging(CellId cell) {
        return merging.containsKey(cell);
    }

    int mergingCount() {
        return merging.size();
    }

    Iterable<CellId> merging() {
        return List.copyOf(merging.keySet());
    }

    void taken(CellId cell) {
        merging.remove(cell);
        of(cell.region()).remove(cell.layer());
        tellAround(cell.region());
    }

    /** A cell that started again knows nothing of layers. */
    void tellAnew(Cell cell) {
        tell(cell.id(), cell.id().region());
        partition.neighbours(cell.id().region()).forEach(neighbour -> tell(cell.id(), neighbour));
        CellId target = merging.get(cell.id());
        if (target != null) {
            offer(cell.id(), new CellInput.Merge(target));
        }
    }

    private void tellAround(RegionId region) {
        of(region).forEach(layer -> tell(new CellId(world, region, layer), region));
        for (RegionId neighbour : partition.neighbours(region)) {
            of(neighbour).forEach(layer -> tell(new CellId(world, neighbour, layer), region));
        }
    }

    private void tell(CellId cell, RegionId region) {
        int[] numbers = of(region).stream().mapToInt(Integer::intValue).toArray();
        offer(cell, new CellInput.Layers(region, numbers, entranceOf(region).layer()));
    }

    private void offer(CellId cell, CellInput message) {
        cells.offer(cell, CellPort.ANY_EPOCH, message);
    }
}
