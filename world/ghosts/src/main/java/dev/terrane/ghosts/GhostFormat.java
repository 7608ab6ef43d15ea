package dev.terrane.ghosts;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import org.jspecify.annotations.Nullable;

/** The records of a batch; see the package's door plate. */
final class GhostFormat {
    static final int CHANGED = 0;
    static final int ENTERED = 1;
    static final int LEFT = 2;
    static final int HANDED_OVER = 3;
    static final int ELSEWHERE = 4;
    static final int KIND_BITS = 3;
    static final int KIND_MASK = (1 << KIND_BITS) - 1;

    /** It died. */
    static final int GONE = 0;
    /** It is no longer wanted. */
    static final int OUT = 1;

    /** As many as a store has slots. */
    static final int NUMBER_MAX = 1 << 22;

    private static final int ROW_SHIFT = 32;

    private GhostFormat() {}

    /**
     * The number before the first one of a row of batches. A publisher never begins two rows alike, so what is left on the way of a row that has ended cannot
     * be taken for a part of the next.
     */
    static long beforeRow(int row) {
        return (long) row << ROW_SHIFT;
    }

    /** Whether the batch with this number begins a row. */
    static boolean begins(long seq) {
        return (int) seq == 1;
    }

    static void head(int number, int kind, ByteWriter out) {
        out.varuint(number << KIND_BITS | kind);
    }

    static void cell(CellId cell, ByteWriter out) {
        out.varint(cell.region().a());
        out.varint(cell.region().b());
        out.u8(cell.layer());
    }

    static CellId cell(WorldId world, ByteReader in) {
        return new CellId(world, new RegionId(in.varint(), in.varint()), in.u8());
    }

    static void optionalCell(@Nullable CellId cell, ByteWriter out) {
        out.bool(cell != null);
        if (cell != null) {
            cell(cell, out);
        }
    }

    static @Nullable CellId optionalCell(WorldId world, ByteReader in) {
        return in.bool() ? cell(world, in) : null;
    }
}
