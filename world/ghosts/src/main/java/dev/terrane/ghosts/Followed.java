package dev.terrane.ghosts;

import dev.terrane.base.CellId;
import dev.terrane.base.LongLongMap;
import dev.terrane.base.WorldId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Entities that a cell wants to see wherever they go, each with the cell that has it as far as is known. */
final class Followed {
    private final int countMax;
    /** Place, from 1, by id. */
    private final LongLongMap places = new LongLongMap();

    private long[] ids = new long[16];
    private long[] untilTicks = new long[16];
    /** Null: it is the cell's own. */
    private @Nullable CellId[] owners = new CellId[16];

    private int count;
    private boolean moved;

    Followed(int countMax) {
        this.countMax = countMax;
    }

    int count() {
        return count;
    }

    boolean contains(long id) {
        return id != 0 && places.get(id) != 0;
    }

    /** False if there are as many as are allowed. */
    boolean add(long id, @Nullable CellId owner, long untilTick) {
        int place = (int) places.get(id);
        if (place != 0) {
            untilTicks[place - 1] = untilTick;
            return true;
        }
        if (count >= countMax) {
            return false;
        }
        if (count == ids.length) {
            ids = Arrays.copyOf(ids, count * 2);
            untilTicks = Arrays.copyOf(untilTicks, count * 2);
            owners = Arrays.copyOf(owners, count * 2);
        }
        ids[count] = id;
        untilTicks[count] = untilTick;
        owners[count] = owner;
        places.put(id, ++count);
        moved = true;
        return true;
    }

    /** It belongs to that cell now; null: to this one. */
    void moved(long id, @Nullable CellId owner) {
        int place = id == 0 ? 0 : (int) places.get(id);
        if (place != 0) {
            owners[place - 1] = owner;
            moved = true;
        }
    }

    /** Where it is said to be; null also for what is not followed. */
    @Nullable
    CellId ownerOf(long id) {
        int place = id == 0 ? 0 : (int) places.get(id);
        return place == 0 ? null : owners[place - 1];
    }

    void remove(long id) {
        int place = id == 0 ? 0 : (int) places.remove(id);
        if (place == 0) {
            return;
        }
        int last = --count;
        if (place - 1 != last) {
            ids[place - 1] = ids[last];
            untilTicks[place - 1] = untilTicks[last];
            owners[place - 1] = owners[last];
            places.put(ids[last], place);
        }
        owners[last] = null;
        moved = true;
    }

    void endOld(long tick) {
        for (int i = count - 1; i >= 0; i--) {
            if (tick > untilTicks[i]) {
                remove(ids[i]);
            }
        }
    }

    /** Whether somebody came, went or changed the owner since the last call. */
    boolean takeMoved() {
        boolean was = moved;
        moved = false;
        return was;
    }

    long id(int index) {
        return ids[index];
    }

    @Nullable
    CellId owner(int index) {
        return owners[index];
    }

    /** Those that this cell has, by rising id. */
    long[] at(CellId cell) {
        long[] found = new long[count];
        int size = 0;
        for (int i = 0; i < count; i++) {
            if (cell.equals(owners[i])) {
                found[size++] = ids[i];
            }
        }
        found = Arrays.copyOf(found, size);
        Arrays.sort(found);
        return found;
    }

    void write(ByteWriter out) {
        out.bool(moved);
        out.varuint(count);
        for (int i = 0; i < count; i++) {
            out.i64(ids[i]);
            out.varlong(untilTicks[i]);
            GhostFormat.optionalCell(owners[i], out);
        }
    }

    void read(WorldId world, ByteReader in) {
        boolean wasMoved = in.bool();
        for (int rest = in.count(10); rest > 0; rest--) {
            long id = in.i64();
            long untilTick = in.varlong();
            if (id == 0 || !add(id, GhostFormat.optionalCell(world, in), untilTick)) {
                throw in.malformed("nobody, or more than " + countMax + " are followed");
            }
        }
        moved = wasMoved;
    }
}
