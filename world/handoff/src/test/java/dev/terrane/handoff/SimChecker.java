package dev.terrane.handoff;

import dev.terrane.base.CellId;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Knows what must be true whatever crashes: nobody lives twice; whoever was in a stored checkpoint is never lost; whoever's death was in one never comes
 * back. What no checkpoint has seen may be rolled back.
 */
final class SimChecker {
    private static final int KEPT_COUNT_MAX = 200;

    private record Fact(CellId cell, long epoch, long tick) {}

    private final SortedSet<Long> durable = new TreeSet<>();
    private final SortedSet<Long> dead = new TreeSet<>();
    private final SortedSet<Long> everDied = new TreeSet<>();
    private final SortedMap<Long, Fact> births = new TreeMap<>();
    private final SortedMap<Long, Fact> deaths = new TreeMap<>();

    void born(long entity, CellId cell, long tick) {
        births.put(entity, new Fact(cell, 1, tick));
    }

    void bornLater(long entity, CellId cell, long epoch, long tick) {
        births.put(entity, new Fact(cell, epoch, tick));
    }

    void died(long entity, CellId cell, long epoch, long tick) {
        everDied.add(entity);
        deaths.put(entity, new Fact(cell, epoch, tick));
    }

    /** The journal has the entity as it was, or its end. */
    void journaled(long entity, boolean lives) {
        if (lives) {
            births.remove(entity);
            durable.add(entity);
        } else {
            deaths.remove(entity);
            dead.add(entity);
        }
    }

    /** No effect happened twice; and of those that are durable none is missing where its entity lives. */
    void effects(Collection<SimCell> cells, SimJournal journal, boolean quiet) {
        for (SimCell cell : cells) {
            for (long entity : cell.live.keySet()) {
                List<Long> done = cell.effectsOf(entity);
                require(
                        done.size() == new TreeSet<>(done).size(),
                        "an effect was doubled: " + done + " of entity " + entity + " in " + cell.id);
                for (long command : done) {
                    require(
                            !quiet || journal.settled().getOrDefault(command, 0L) == entity,
                            "entity " + entity + " has the effect of command " + command
                                    + ", which nobody has settled");
                }
            }
        }
        SortedMap<Long, SimCell> home = new TreeMap<>();
        for (SimCell cell : cells) {
            if (cell.up) {
                cell.live.keySet().forEach(entity -> home.put(entity, cell));
            }
        }
        journal.settled().forEach((command, entity) -> {
            SimCell cell = home.get(entity);
            require(
                    cell == null || cell.effectsOf(entity).contains(command),
                    "entity " + entity + " has lost the effect of command " + command);
        });
    }

    void stored(CellId cell, long epoch, long tick) {
        settle(births, durable, cell, epoch, tick);
        settle(deaths, dead, cell, epoch, tick);
    }

    private static void settle(
            SortedMap<Long, Fact> facts, SortedSet<Long> settled, CellId cell, long epoch, long tick) {
        facts.entrySet().removeIf(entry -> {
            Fact fact = entry.getValue();
            boolean covered = fact.cell.equals(cell) && fact.epoch == epoch && fact.tick <= tick;
            if (covered) {
                settled.add(entry.getKey());
            }
            return covered;
        });
    }

    /** What the cell did since its last stored checkpoint is undone. */
    void crashed(CellId cell) {
        births.values().removeIf(fact -> fact.cell.equals(cell));
        deaths.values().removeIf(fact -> fact.cell.equals(cell));
    }

    void arrives(SimCell cell, long entity) {
        require(
                !cell.live.containsKey(entity),
                "entity " + entity + " arrives in " + cell.id + ", where it lives already");
    }

    void atMostOne(Collection<SimCell> cells) {
        SortedMap<Long, CellId> owners = new TreeMap<>();
        for (SimCell cell : cells) {
            if (cell.up) {
                for (long entity : cell.live.keySet()) {
                    CellId other = owners.put(entity, cell.id);
                    require(other == null, "entity " + entity + " lives in " + other + " and in " + cell.id);
                    require(!dead.contains(entity), "entity " + entity + " rose from the dead in " + cell.id);
                }
                require(cell.machine.keptCount() <= KEPT_COUNT_MAX, "kept copies pile up in " + cell.id);
                require(cell.machine.arrivalCount() <= KEPT_COUNT_MAX, "arrivals pile up in " + cell.id);
            }
        }
    }

    void settled(Collection<SimCell> cells) {
        SortedSet<Long> living = new TreeSet<>();
        for (SimCell cell : cells) {
            require(cell.up, cell.id + " never came up again");
            living.addAll(cell.live.keySet());
            require(cell.machine.keptCount() == 0, cell.machine.keptCount() + " kept copies stay in " + cell.id);
            require(cell.machine.arrivalCount() == 0, cell.machine.arrivalCount() + " arrivals stay in " + cell.id);
            for (Peer peer : cell.machine.peers()) {
                require(peer.ins.size() <= 1 && peer.outs.size() <= 1, "streams of old epochs stay in " + cell.id);
            }
        }
        for (long entity : durable) {
            require(
                    living.contains(entity) || everDied.contains(entity),
                    "entity " + entity + " is lost, and never died");
        }
    }

    private static void require(boolean fact, String otherwise) {
        if (!fact) {
            throw new AssertionError(otherwise);
        }
    }
}
