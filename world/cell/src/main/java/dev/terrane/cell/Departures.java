package dev.terrane.cell;

import dev.terrane.base.CellId;
import dev.terrane.base.EntityId;
import dev.terrane.base.LongLongMap;
import dev.terrane.base.WorldId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where entities went that left a short while ago: mail for them is passed on.
 *
 * <p>Bounded: of too many, the oldest is forgotten.
 */
final class Departures {
    /** How long one is remembered: far longer than ghosts elsewhere and mail lag behind. */
    static final int REMEMBERED_TICKS = 200;
    /** Departures remembered at most; a power of two. */
    static final int REMEMBERED_COUNT_MAX = 16_384;

    /** The number, from 1, of each entity's last departure: its place in the ring. */
    private final LongLongMap numberOf = new LongLongMap();

    private long[] ids = new long[256];
    private long[] ticks = new long[256];
    private @Nullable CellId[] targets = new CellId[256];
    private long first = 1;
    private long next = 1;

    void left(long entityId, CellId target, long tick) {
        if (next - first == REMEMBERED_COUNT_MAX) {
            forgetFirst();
        }
        if (next - first == ids.length) {
            grow();
        }
        int at = at(next);
        ids[at] = entityId;
        ticks[at] = tick;
        targets[at] = target;
        numberOf.put(entityId, next++);
    }

    /** Where the entity went last, if it left at {@code sinceTick} or later; else null. */
    @Nullable
    CellId targetOf(long entityId, long sinceTick) {
        long number = entityId == EntityId.NONE ? 0 : numberOf.get(entityId);
        return number == 0 || ticks[at(number)] < sinceTick ? null : targets[at(number)];
    }

    /** The entity is back: where it went before is nobody's business any more. */
    void returned(long entityId) {
        numberOf.remove(entityId);
    }

    void forgetOld(long tick) {
        while (first < next && ticks[at(first)] + REMEMBERED_TICKS < tick) {
            forgetFirst();
        }
    }

    private void forgetFirst() {
        int at = at(first);
        if (numberOf.get(ids[at]) == first) {
            numberOf.remove(ids[at]);
        }
        targets[at] = null;
        first++;
    }

    private int at(long number) {
        return (int) number & (ids.length - 1);
    }

    private void grow() {
        long[] oldIds = ids;
        long[] oldTicks = ticks;
        @Nullable CellId[] oldTargets = targets;
        ids = new long[oldIds.length * 2];
        ticks = new long[ids.length];
        targets = new CellId[ids.length];
        for (long number = first; number < next; number++) {
            int from = (int) number & (oldIds.length - 1);
            int to = at(number);
            ids[to] = oldIds[from];
            ticks[to] = oldTicks[from];
            targets[to] = oldTargets[from];
        }
    }

    void write(ByteWriter out) {
        out.varuint((int) (next - first));
        for (long number = first; number < next; number++) {
            int at = at(number);
            out.i64(ids[at]);
            out.varlong(ticks[at]);
            IntentMarks.write(Objects.requireNonNull(targets[at]), out);
            out.bool(numberOf.get(ids[at]) == number);
        }
    }

    void read(WorldId world, ByteReader in) {
        for (int rest = in.count(13); rest > 0; rest--) {
            long id = in.i64();
            long tick = in.varlong();
            if (id == EntityId.NONE) {
                throw in.malformed("nobody has left");
            }
            left(id, RunningFormat.cell(world, in), tick);
            if (!in.bool()) {
                numberOf.remove(id);
            }
        }
    }
}
