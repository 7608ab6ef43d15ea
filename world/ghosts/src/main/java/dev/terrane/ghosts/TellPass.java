package dev.terrane.ghosts;

import dev.terrane.bytes.ByteWriter;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.FieldKind;
import dev.terrane.ecs.RowMarks;
import dev.terrane.ecs.Table;
import dev.terrane.space.ChunkGrid;
import org.jspecify.annotations.Nullable;

/**
 * Tells all subscribers what happened to whom they want: the hot loop of publishing. A set of subscribers is a {@code long}, so each row is looked at once,
 * and what several are told is encoded once.
 */
final class TellPass {
    private final ChunkGrid grid;
    private final Tellings tellings;
    /** By chunk: who wants whoever is there. */
    final long[] wantedChunk;

    private final @Nullable Subscriber[] subscribers;
    /** Fields that are marked somewhere in the present word of 64 rows, and their marks. */
    private final int[] activeField = new int[GhostShape.FIELDS_MAX];

    private final long[] activeMarks = new long[GhostShape.FIELDS_MAX];
    private int activeCount;
    private long tick;

    TellPass(ChunkGrid grid, Tellings tellings, @Nullable Subscriber[] subscribers) {
        this.grid = grid;
        this.tellings = tellings;
        this.wantedChunk = new long[grid.chunkCount()];
        this.subscribers = subscribers;
    }

    void run(GhostTable table, int tableIndex, long now) {
        tick = now;
        RowMarks arrived = table.table.arrived();
        int size = table.table.size();
        float[] xs = table.xs.read();
        float[] ys = table.ys.read();
        for (int from = 0; from < size; from += 64) {
            int word = from >>> 6;
            long touched = gather(table, word) | arrived.word(word);
            int until = Math.min(size, from + 64);
            for (int row = from; row < until; row++) {
                int slot = EntityStore.slot(table.table.entity(row));
                long want = wantedChunk[grid.chunkAt(xs[row], ys[row])] | tellings.wantedById[slot];
                long told = tellings.told[slot];
                if ((want | told) != 0) {
                    boolean fresh = (arrived.word(word) >>> row & 1) != 0;
                    tell(table, tableIndex, row, slot, want, (touched >>> row & 1) != 0, fresh);
                }
            }
        }
    }

    private long gather(GhostTable table, int word) {
        long any = 0;
        activeCount = 0;
        GhostColumn[] columns = table.columns;
        for (int field = 0; field < columns.length; field++) {
            long marks = columns[field].changed.word(word);
            if (marks != 0) {
                activeField[activeCount] = field;
                activeMarks[activeCount++] = marks;
                any |= marks;
            }
        }
        return any;
    }

    private void tell(GhostTable table, int tableIndex, int row, int slot, long want, boolean touched, boolean fresh) {
        long told = tellings.told[slot];
        long leaving = told & ~want;
        if (leaving != 0) {
            left(slot, leaving, GhostFormat.OUT);
        }
        tellings.told[slot] = want;
        if (want == 0) {
            tellings.stale[slot] = 0;
            return;
        }
        long stay = told & want;
        long whole = (want & ~told) | (tellings.stale[slot] & stay);
        long fields = 0;
        if (told == 0) {
            tellings.capture(table, tableIndex, row, slot);
        } else if (tellings.travelling[slot] != table.travelling) {
            tellings.capture(table, tableIndex, row, slot);
            whole |= stay;
        } else if (fresh || tellings.tableOf[slot] != tableIndex) {
            tellings.tableOf[slot] = tableIndex;
            fields = changedOf(table, row, slot);
        } else if (touched) {
            fields = changedOfActive(table, row, slot);
        }
        tellings.stale[slot] = 0;
        long part = fields == 0 ? 0 : stay & ~whole;
        if ((whole | part) != 0) {
            tellings.touchedTick[slot] = tick;
            if (whole != 0) {
                write(table, row, slot, whole, true, 0);
            }
            if (part != 0) {
                write(table, row, slot, part, false, fields);
            }
        }
    }

    private long changedOf(GhostTable table, int row, int slot) {
        long fields = 0;
        for (int field = 0; field < table.columns.length; field++) {
            fields |= changed(table.columns[field], field, row, slot);
        }
        return fields;
    }

    /** Marks may be older than the last telling, and set although the value is the same. */
    private long changedOfActive(GhostTable table, int row, int slot) {
        long fields = 0;
        for (int i = 0; i < activeCount; i++) {
            if ((activeMarks[i] >>> row & 1) != 0) {
                int field = activeField[i];
                fields |= changed(table.columns[field], field, row, slot);
            }
        }
        return fields;
    }

    private long changed(GhostColumn column, int field, int row, int slot) {
        int at = tellings.at(slot) + field;
        if (column.kind == FieldKind.TEXT) {
            String text = column.text(row);
            if (text.equals(tellings.texts[at])) {
                return 0;
            }
            tellings.texts[at] = text;
        } else {
            long bits = column.bits(row);
            if (bits == tellings.bits[at]) {
                return 0;
            }
            tellings.bits[at] = bits;
        }
        return 1L << field;
    }

    /** Encodes for the first and copies to the others. */
    private void write(GhostTable table, int row, int slot, long to, boolean whole, long fields) {
        ByteWriter out = bodyOf(Long.numberOfTrailingZeros(to));
        int from = out.size();
        if (whole) {
            GhostFormat.head(slot, GhostFormat.ENTERED, out);
            out.i64(tellings.ids[slot]);
            out.varuint(table.ownerships.read()[row]);
            out.varulong(table.travelling);
            table.write(row, table.allFields(), out);
        } else {
            GhostFormat.head(slot, GhostFormat.CHANGED, out);
            out.varulong(fields);
            table.write(row, fields, out);
        }
        for (long rest = to & (to - 1); rest != 0; rest &= rest - 1) {
            bodyOf(Long.numberOfTrailingZeros(rest)).raw(out.array(), from, out.size() - from);
        }
    }

    void left(int slot, long to, int reason) {
        for (long rest = to; rest != 0; rest &= rest - 1) {
            ByteWriter out = subscriber(Long.numberOfTrailingZeros(rest)).leaving;
            GhostFormat.head(slot, GhostFormat.LEFT, out);
            out.u8(reason);
        }
    }

    /** Rows of a table that nobody can see: whoever came here was seen before, perhaps. */
    void hide(Table table) {
        RowMarks arrived = table.arrived();
        for (int row = arrived.next(0); row >= 0; row = arrived.next(row + 1)) {
            int slot = EntityStore.slot(table.entity(row));
            left(slot, tellings.told[slot], GhostFormat.OUT);
            tellings.told[slot] = 0;
            tellings.stale[slot] = 0;
        }
    }

    private ByteWriter bodyOf(int index) {
        return subscriber(index).body;
    }

    Subscriber subscriber(int index) {
        Subscriber subscriber = subscribers[index];
        if (subscriber == null) {
            throw new IllegalStateException("subscriber " + index + " is told something, but is gone");
        }
        return subscriber;
    }
}
