package dev.terrane.protocol.client;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;

/** Slots of one slice, ascending; on the wire a list or a bitmap, whichever is shorter. */
final class SlotSet {
    /** In a list, after a slot: another follows. */
    private static final int MORE = 0x80;
    /** The last slot, and another after it: no list begins so. */
    private static final int BITMAP = 0xFF;

    private static final int BITMAP_BYTES_MAX = SliceWriter.SLOT_COUNT / 8;

    private long low;
    private long high;

    void clear() {
        low = 0;
        high = 0;
    }

    void add(int slot) {
        if (slot < 64) {
            low |= 1L << slot;
        } else {
            high |= 1L << slot;
        }
    }

    boolean has(int slot) {
        return ((slot < 64 ? low : high) >>> slot & 1) != 0;
    }

    int count() {
        return Long.bitCount(low) + Long.bitCount(high);
    }

    /** The first slot from {@code from} on, or -1. */
    int next(int from) {
        if (from < 64) {
            long rest = low >>> from << from;
            if (rest != 0) {
                return Long.numberOfTrailingZeros(rest);
            }
        } else if (from >= SliceWriter.SLOT_COUNT) {
            return -1;
        }
        long rest = from <= 64 ? high : high >>> from << from;
        return rest == 0 ? -1 : 64 + Long.numberOfTrailingZeros(rest);
    }

    /** Of a set that is not empty. */
    void write(ByteWriter out) {
        int last = high != 0 ? 127 - Long.numberOfLeadingZeros(high) : 63 - Long.numberOfLeadingZeros(low);
        int bitmapBytes = (last >>> 3) + 1;
        if (2 + bitmapBytes < count()) {
            out.u8(BITMAP);
            out.u8(bitmapBytes);
            for (int i = 0; i < bitmapBytes; i++) {
                out.u8((int) ((i < 8 ? low : high) >>> (i << 3)));
            }
            return;
        }
        for (int slot = next(0); slot >= 0; slot = next(slot + 1)) {
            out.u8(slot == last ? slot : slot | MORE);
        }
    }

    void read(ByteReader in) {
        clear();
        int first = in.u8();
        if (first == BITMAP) {
            int bytes = in.u8();
            if (bytes == 0 || bytes > BITMAP_BYTES_MAX) {
                throw in.malformed("a bitmap of " + bytes + " bytes");
            }
            for (int i = 0; i < bytes; i++) {
                long eight = (long) in.u8() << (i << 3);
                low |= i < 8 ? eight : 0;
                high |= i < 8 ? 0 : eight;
            }
            return;
        }
        add(first & ~MORE);
        for (int last = first; (last & MORE) != 0; ) {
            int next = in.u8();
            if ((next & ~MORE) <= (last & ~MORE)) {
                throw in.malformed("slot " + (next & ~MORE) + " follows " + (last & ~MORE));
            }
            add(next & ~MORE);
            last = next;
        }
    }
}
