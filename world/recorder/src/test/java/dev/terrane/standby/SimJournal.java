package dev.terrane.standby;

import dev.terrane.base.CellId;
import dev.terrane.base.Rng;
import dev.terrane.cell.TickFacts;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Stores facts in the order in which they come, some time later, unless their owner was fenced off before. Nothing is stored twice, and what left a cell is not lost. */
final class SimJournal {
    private final Rng rng;
    private final Map<CellId, Deque<TickFacts>> waiting = new TreeMap<>();
    private final Map<CellId, Long> fence = new HashMap<>();
    private final Map<CellId, Long> storedTick = new HashMap<>();
    private final Set<String> told = new HashSet<>();
    private final Set<String> stored = new HashSet<>();

    /** Told of each tick that is stored. */
    interface Hearer {
        void stored(CellId cell, long epoch, long tick);
    }

    SimJournal(Rng rng) {
        this.rng = rng;
    }

    void submit(TickFacts facts) {
        told.add(facts.cell() + " " + facts.tick());
        waiting.computeIfAbsent(facts.cell(), _ -> new ArrayDeque<>()).add(facts);
    }

    void work(boolean wild, Hearer hearer) {
        for (Deque<TickFacts> queue : waiting.values()) {
            for (int left = wild ? rng.nextInt(3) : Integer.MAX_VALUE; left > 0 && !queue.isEmpty(); left--) {
                store(queue.remove(), hearer);
            }
        }
    }

    private void store(TickFacts facts, Hearer hearer) {
        if (facts.epoch() < fence.getOrDefault(facts.cell(), 0L)) {
            throw new AssertionError(
                    "facts of " + facts.cell() + " under epoch " + facts.epoch() + " outlive the fence");
        }
        if (!stored.add(facts.cell() + " " + facts.tick())) {
            throw new AssertionError("facts of " + facts.cell() + " at tick " + facts.tick() + " are stored twice");
        }
        storedTick.put(facts.cell(), facts.tick());
        hearer.stored(facts.cell(), facts.epoch(), facts.tick());
    }

    /** The owner dies: what it had submitted is stored in part. */
    void ownerDied(CellId cell) {
        Deque<TickFacts> queue = waiting.getOrDefault(cell, new ArrayDeque<>());
        for (int left = rng.nextInt(queue.size() + 1); left > 0; left--) {
            store(queue.remove(), (_, _, _) -> {});
        }
        queue.clear();
    }

    /** Nobody writes under a lower epoch any more. Up to which tick facts are stored; -1: none are. */
    long raiseFence(CellId cell, long epoch) {
        fence.put(cell, epoch);
        return storedTick.getOrDefault(cell, -1L);
    }

    void checkNothingIsLost() {
        if (!stored.containsAll(told)) {
            Set<String> lost = new HashSet<>(told);
            lost.removeAll(stored);
            throw new AssertionError("facts that left their cell are lost: " + lost);
        }
    }

    int storedCount() {
        return stored.size();
    }
}
