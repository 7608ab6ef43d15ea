package dev.terrane.cell;

import dev.terrane.base.LongLongMap;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Facts on their way to the store, tick by tick, and whom they are about. Until they are stored nobody knows whether they count: whoever they are about stays in this cell, where a
 * restart takes them back, and takes them nowhere else.
 */
final class UnstoredFacts implements Iterable<UnstoredFacts.OfTick> {
    private final ArrayDeque<OfTick> ticks = new ArrayDeque<>();
    /** Of each entity the latest tick that says something of it, plus 1. */
    private final LongLongMap latest = new LongLongMap();

    private final LongLongMap held = new LongLongMap();
    private final List<Long> heldInOrder = new ArrayList<>();

    /**
     * @param entities whom they are about
     * @param facts null if only the image of another cell told of that tick
     */
    record OfTick(long tick, long[] entities, @Nullable TickFacts facts) {}

    void add(OfTick facts) {
        ticks.add(facts);
        for (long entity : facts.entities()) {
            latest.put(entity, facts.tick() + 1);
        }
    }

    void addAll(UnstoredFacts others) {
        others.forEach(this::add);
        others.heldInOrder.forEach(this::hold);
    }

    /** All of this tick and before are stored. */
    void stored(long tick) {
        while (!ticks.isEmpty() && ticks.element().tick() <= tick) {
            for (long entity : ticks.remove().entities()) {
                if (latest.get(entity) <= tick + 1) {
                    latest.remove(entity);
                }
            }
        }
    }

    /** Whether something that was done to the entity is not stored yet; then it is {@link #held} until the hand-offs of the next tick. */
    boolean hold(long entity) {
        boolean undecided = latest.get(entity) != 0;
        if (undecided && held.get(entity) == 0) {
            held.put(entity, 1);
            heldInOrder.add(entity);
        }
        return undecided;
    }

    /** Whether it waits here to leave: a system that keeps it in each tick must not hold it for ever. */
    boolean held(long entity) {
        return held.get(entity) != 0;
    }

    /** Before the hand-offs of a tick. */
    void letGo() {
        if (!heldInOrder.isEmpty()) {
            held.clear();
            heldInOrder.clear();
        }
    }

    int tickCount() {
        return ticks.size();
    }

    /** Whether some are of this tick or an earlier one. */
    boolean beginBy(long tick) {
        return !ticks.isEmpty() && ticks.element().tick() <= tick;
    }

    @Override
    public Iterator<OfTick> iterator() {
        return ticks.iterator();
    }

    void write(ByteWriter out) {
        out.varuint(ticks.size());
        for (OfTick each : ticks) {
            out.i64(each.tick());
            out.varuint(each.entities().length);
            for (long entity : each.entities()) {
                out.i64(entity);
            }
        }
        out.varuint(heldInOrder.size());
        heldInOrder.forEach(out::i64);
    }

    void read(ByteReader in) {
        for (int rest = in.count(9); rest > 0; rest--) {
            long tick = in.i64();
            long[] entities = new long[in.count(8)];
            for (int i = 0; i < entities.length; i++) {
                entities[i] = in.i64();
            }
            add(new OfTick(tick, entities, null));
        }
        for (int rest = in.count(8); rest > 0; rest--) {
            hold(in.i64());
        }
    }
}
