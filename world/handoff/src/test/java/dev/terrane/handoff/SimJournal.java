package dev.terrane.handoff;

import dev.terrane.base.CellId;
import dev.terrane.base.Rng;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The journal of all cells, committed in order and late; and the commands whose effects it makes durable: what is lost on the way is delivered again. */
final class SimJournal {
    /** @param effects of the entity, in order; empty and not {@code lives}: its end */
    record Fact(CellId cell, long epoch, long tick, long entity, int ownership, boolean lives, List<Long> effects) {}

    private record Entry(Fact fact, long command) {}

    private final Deque<Entry> onTheWay = new ArrayDeque<>();
    private final SortedMap<CellId, List<Fact>> tails = new TreeMap<>();
    /** Commands that nobody has carried out, or whose effect was lost with its record: command → entity. */
    private final SortedMap<Long, Long> due = new TreeMap<>();

    private final SortedMap<Long, Long> settled = new TreeMap<>();
    private final SimChecker checker;
    private long nextCommand = 1;
    long handedOver;
    long committed;

    SimJournal(SimChecker checker) {
        this.checker = checker;
    }

    void wish(long entity) {
        due.put(nextCommand++, entity);
    }

    SortedMap<Long, Long> due() {
        return due;
    }

    /** Commands with a durable outcome → entity. */
    SortedMap<Long, Long> settled() {
        return settled;
    }

    /** @param command 0: none */
    void add(Fact fact, long command) {
        due.remove(command);
        onTheWay.add(new Entry(fact, command));
        handedOver++;
    }

    void commitSome(Rng rng, int countMax) {
        for (int i = rng.nextInt(countMax + 1); i > 0 && !onTheWay.isEmpty(); i--) {
            commitFirst();
        }
    }

    private void commitFirst() {
        Entry entry = onTheWay.remove();
        Fact fact = entry.fact;
        committed++;
        tails.computeIfAbsent(fact.cell, _ -> new ArrayList<>()).add(fact);
        checker.journaled(fact.entity, fact.lives);
        if (entry.command != 0) {
            Long twice = settled.put(entry.command, fact.entity);
            if (twice != null) {
                throw new AssertionError("command " + entry.command + " was carried out twice");
            }
        }
    }

    /** All that the cell handed over is decided before it gets a new epoch: its restart waits for that. */
    void decide(CellId cell) {
        while (onTheWay.stream().anyMatch(entry -> entry.fact.cell.equals(cell))) {
            commitFirst();
        }
    }

    /** The process is gone: what is not committed will never be, and its commands come again. */
    void loseTheRest() {
        for (Entry entry : onTheWay) {
            if (entry.command != 0) {
                due.put(entry.command, entry.fact.entity);
            }
        }
        onTheWay.clear();
    }

    /** Everybody who waited for what was lost has died with it. */
    void beginAnew() {
        committed = handedOver - onTheWay.size();
    }

    void stored(CellId cell, SimCell.Image image) {
        tail(cell)
                .removeIf(fact ->
                        fact.epoch < image.epoch() || (fact.epoch == image.epoch() && fact.tick <= image.tick()));
    }

    List<Fact> tail(CellId cell) {
        return tails.computeIfAbsent(cell, _ -> new ArrayList<>());
    }

    /** The newest fact of each entity under its highest ownership. */
    List<Fact> newest(CellId cell) {
        SortedMap<Long, Fact> newest = new TreeMap<>();
        for (Fact fact : tail(cell)) {
            newest.merge(fact.entity, fact, (old, later) -> later.ownership >= old.ownership ? later : old);
        }
        return List.copyOf(newest.values());
    }

    SortedSet<Long> told(CellId cell) {
        SortedSet<Long> told = new TreeSet<>();
        tail(cell).forEach(fact -> told.add(fact.entity));
        return told;
    }
}
