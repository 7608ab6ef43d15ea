package dev.terrane.cell;

import dev.terrane.base.LongLongMap;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.WorldContext.Affinity;
import dev.terrane.space.ChunkGrid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * Decides who goes when a crowd is divided: who belongs together stays together, and the others go by chunk, so that near ones stay near.
 *
 * <p>Groups are taken whole, the largest first, as far as they fit. Only when they do not even make up half of what was asked for, the
 * largest that is left is torn: along its squads if it has any, else by chunk. Such a group alone exceeds what was asked for.
 */
final class Division {
    private final Turn turn;
    private final List<Affinity> affinities;
    private final LongPredicate rooted;

    private final int count;
    private final long[] ids;
    private final long[] handles;
    /** Chunk of each; -1 for those without a position. */
    private final int[] chunks;

    private final LongLongMap indexById = new LongLongMap();
    private final List<Long> chosen = new ArrayList<>();
    private final List<Integer> ends = new ArrayList<>();

    /** @param rooted entities that must not be moved; when a share is, nobody who belongs to them either */
    Division(Body body, Turn turn, List<Affinity> affinities, LongPredicate rooted) {
        this.turn = turn;
        this.affinities = affinities;
        this.rooted = rooted;
        KitFields kit = body.population.kit;
        int size = body.population.store.size();
        ids = new long[size];
        handles = new long[size];
        chunks = new int[size];
        ChunkGrid grid = new ChunkGrid(
                body.spec.world().map().partition().bounds(body.spec.cell().region()),
                body.spec.settings().chunkMetres());
        int index = 0;
        for (Table table : body.population.store.query(kit.identity)) {
            boolean placed = table.has(kit.position);
            for (int row = 0; row < table.size(); row++) {
                ids[index] = table.longs(kit.id).get(row);
                handles[index] = table.entity(row);
                chunks[index] = placed
                        ? grid.chunkAt(
                                table.floats(kit.x).get(row),
                                table.floats(kit.y).get(row))
                        : -1;
                indexById.put(ids[index], ++index);
            }
        }
        count = index;
    }

    /** About this share of those who have a place. */
    Moves share(float share) {
        int placed = 0;
        for (int i = 0; i < count; i++) {
            placed += chunks[i] >= 0 ? 1 : 0;
        }
        int wanted = Math.round(placed * Math.clamp(share, 0, 1));
        List<int[]> groups = groupsOf(all(), true);
        List<int[]> left = takeWhole(groups, wanted, wanted + wanted / 4);
        takeSingles(groups, wanted);
        if (chosen.size() * 2 < wanted && !left.isEmpty()) {
            tear(left.getFirst(), wanted - chosen.size());
        }
        return moves();
    }

    /** Everybody who may be moved. */
    Moves everybody() {
        int[] free = Arrays.stream(all()).filter(i -> !rooted.test(ids[i])).toArray();
        for (int[] group : groupsOf(free, true)) {
            take(group, group.length);
        }
        return moves();
    }

    private int[] all() {
        int[] indices = new int[count];
        Arrays.setAll(indices, i -> i);
        return indices;
    }

    /** Takes groups of two and more; returns those that would have been too many. */
    private List<int[]> takeWhole(List<int[]> groups, int wanted, int countMax) {
        List<int[]> left = new ArrayList<>();
        for (int[] group : groups) {
            if (group.length < 2 || !movable(group)) {
                continue;
            }
            if (chosen.size() + group.length > countMax) {
                left.add(group);
            } else if (chosen.size() < wanted) {
                take(group, group.length);
            }
        }
        return left;
    }

    private void takeSingles(List<int[]> groups, int wanted) {
        for (int[] group : groups) {
            if (chosen.size() >= wanted) {
                return;
            }
            if (group.length == 1 && movable(group)) {
                take(group, 1);
            }
        }
    }

    private void tear(int[] group, int wanted) {
        List<int[]> squads = groupsOf(group, false);
        squads.sort(Comparator.comparingInt((int[] squad) -> chunks[squad[0]]).thenComparing(this::byFirstId));
        int before = chosen.size();
        for (int[] squad : squads) {
            if (chosen.size() - before + squad.length <= wanted) {
                take(squad, squad.length);
            }
        }
        if (chosen.size() == before) {
            take(squads.getFirst(), wanted);
        }
    }

    private boolean movable(int[] group) {
        for (int member : group) {
            if (chunks[member] < 0 || rooted.test(ids[member])) {
                return false;
            }
        }
        return true;
    }

    private void take(int[] group, int size) {
        for (int i = 0; i < size; i++) {
            chosen.add(ids[group[i]]);
        }
        ends.add(chosen.size());
    }

    private Moves moves() {
        return new Moves(
                chosen.stream().mapToLong(Long::longValue).toArray(),
                ends.stream().mapToInt(Integer::intValue).toArray());
    }

    /** Cuts entities into groups that belong together, each in order of chunk and id; the largest first, then by chunk and id. */
    private List<int[]> groupsOf(int[] members, boolean links) {
        Unions unions = new Unions(count);
        unions.links = links;
        for (int member : members) {
            unions.self = member;
            for (Affinity affinity : affinities) {
                affinity.of(turn, handles[member], unions);
            }
        }
        int[] sizes = new int[count];
        for (int member : members) {
            sizes[unions.root(member)]++;
        }
        int[] filled = new int[count];
        int[][] byRoot = new int[count][];
        List<int[]> groups = new ArrayList<>();
        for (int member : sorted(members)) {
            int root = unions.root(member);
            if (byRoot[root] == null) {
                byRoot[root] = new int[sizes[root]];
                groups.add(byRoot[root]);
            }
            byRoot[root][filled[root]++] = member;
        }
        groups.sort(Comparator.comparingInt((int[] group) -> -group.length)); // stable: of equals the first chunk first
        return groups;
    }

    private int[] sorted(int[] members) {
        return Arrays.stream(members)
                .boxed()
                .sorted(Comparator.comparingInt((Integer member) -> chunks[member])
                        .thenComparing((one, other) -> Long.compareUnsigned(ids[one], ids[other])))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private int byFirstId(int[] one, int[] other) {
        return Long.compareUnsigned(ids[one[0]], ids[other[0]]);
    }

    /** Who was said to belong together: union-find over the indices. */
    private final class Unions implements Affinity.Links {
        private final int[] parents;
        private final LongLongMap indexByGroup = new LongLongMap();
        private int self;
        private boolean links;

        Unions(int count) {
            parents = new int[count];
            Arrays.setAll(parents, i -> i);
        }

        int root(int index) {
            int at = index;
            while (parents[at] != at) {
                parents[at] = parents[parents[at]];
                at = parents[at];
            }
            return at;
        }

        @Override
        public void with(long entityId) {
            int other = entityId == 0 ? 0 : (int) indexById.get(entityId);
            if (links && other != 0) {
                parents[root(other - 1)] = root(self);
            }
        }

        @Override
        public void group(long group) {
            if (group == 0) {
                return;
            }
            int other = (int) indexByGroup.get(group);
            if (other == 0) {
                indexByGroup.put(group, self + 1);
            } else {
                parents[root(other - 1)] = root(self);
            }
        }
    }
}
