package dev.terrane.placement.cluster;

import dev.terrane.base.CellId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which cells want to be together: those with a common border, and the layers of one region. */
final class Neighbours {
    private Neighbours() {}

    /** @param numbers of all cells, from 0 in the order of their names */
    static int[][] of(TreeMap<CellId, Integer> numbers, List<Border> borders) {
        List<TreeSet<Integer>> sets = new ArrayList<>();
        List<CellId> ids = new ArrayList<>();
        for (Map.Entry<CellId, Integer> entry : numbers.entrySet()) {
            CellId id = entry.getKey();
            sets.add(new TreeSet<>());
            // In the order of names the layers of a region follow one another.
            for (int other = ids.size() - 1; other >= 0 && isSameRegion(ids.get(other), id); other--) {
                join(sets, other, entry.getValue());
            }
            ids.add(id);
        }
        for (Border border : borders) {
            Integer one = numbers.get(border.one());
            Integer other = numbers.get(border.other());
            if (one != null && other != null && !one.equals(other)) {
                join(sets, one, other);
            }
        }
        return sets.stream()
                .map(set -> set.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    private static boolean isSameRegion(CellId one, CellId other) {
        return one.world().equals(other.world()) && one.region().equals(other.region());
    }

    private static void join(List<TreeSet<Integer>> sets, int one, int other) {
        sets.get(one).add(other);
        sets.get(other).add(one);
    }
}
