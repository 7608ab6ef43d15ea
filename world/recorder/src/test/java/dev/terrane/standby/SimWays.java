package dev.terrane.standby;

import dev.terrane.base.CellId;
import dev.terrane.base.Rng;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellPort;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Ways between nodes: in order within a connection, slow, and emptied or repeated when it is replaced by another. What is for a dead owner is lost. */
final class SimWays {
    private static final int UNDERWAY_COUNT_MAX = 400;
    private static final int REPEATED_COUNT_MAX = 6;

    private final Rng rng;
    private final Function<CellId, @Nullable SimOwner> owners;
    private final SortedMap<Integer, Way> ways = new TreeMap<>();
    private int cutCount;

    private record Letter(CellId target, CellInput message) {}

    private static final class Way {
        final int toNode;
        final Deque<Letter> underway = new ArrayDeque<>();
        final Deque<Letter> delivered = new ArrayDeque<>();

        Way(int toNode) {
            this.toNode = toNode;
        }
    }

    SimWays(Rng rng, Function<CellId, @Nullable SimOwner> owners) {
        this.rng = rng;
        this.owners = owners;
    }

    int cutCount() {
        return cutCount;
    }

    Admission offer(int fromNode, CellId target, CellInput message) {
        SimOwner owner = owners.apply(target);
        if (owner == null) {
            return Admission.UNKNOWN;
        }
        if (owner.node == fromNode) {
            return owner.alive ? owner.cell().offer(CellPort.ANY_EPOCH, message) : Admission.SEALED;
        }
        Way way = ways.computeIfAbsent(fromNode * 100 + owner.node, _ -> new Way(owner.node));
        if (way.underway.size() >= UNDERWAY_COUNT_MAX) {
            return Admission.FULL;
        }
        way.underway.add(new Letter(target, message));
        return Admission.ACCEPTED;
    }

    void nodeDied(int node) {
        ways.forEach((nodes, way) -> {
            if (nodes / 100 == node || nodes % 100 == node) {
                way.underway.clear();
                way.delivered.clear();
            }
        });
    }

    void carry(boolean wild) {
        for (Way way : ways.values()) {
            if (wild && rng.chance(0.03f)) {
                replaceConnection(way);
            }
            int count = wild && rng.chance(0.4f) ? rng.nextInt(way.underway.size() + 1) : way.underway.size();
            for (int i = 0; i < count; i++) {
                deliver(way, way.underway.remove());
            }
        }
    }

    private void replaceConnection(Way way) {
        cutCount++;
        List<Letter> again = rng.chance(0.5f) ? new ArrayList<>(way.delivered) : List.of();
        way.delivered.clear();
        for (int left = rng.nextInt(way.underway.size() + 1); left > 0; left--) {
            deliver(way, way.underway.remove());
        }
        way.underway.clear();
        again.forEach(letter -> deliver(way, letter));
    }

    private void deliver(Way way, Letter letter) {
        SimOwner owner = owners.apply(letter.target());
        if (owner != null && owner.alive && owner.node == way.toNode) {
            owner.cell().offer(CellPort.ANY_EPOCH, letter.message());
        }
        way.delivered.add(letter);
        if (way.delivered.size() > REPEATED_COUNT_MAX) {
            way.delivered.remove();
        }
    }
}
