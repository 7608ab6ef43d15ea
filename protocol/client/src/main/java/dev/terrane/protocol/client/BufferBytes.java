package dev.terrane.protocol.client;

import java.nio.ByteBuffer;

/** Numbers of docs/PROTOCOL.md, written into a buffer that goes to the network. */
final class BufferBytes {
    private BufferBytes() {}

    static void varuint(ByteBuffer out, int value) {
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            out.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    static void varulong(ByteBuffer out, long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    static void varint(ByteBuffer out, int value) {
        varuint(out, zigzag(value));
    }

    static int zigzag(int value) {
        return (value << 1) ^ (value >> 31);
    }

    /** Bytes of a varuint: 7 bits of the value in each. */
    static int lengthOf(int value) {
        return (38 - Integer.numberOfLeadingZeros(value | 1)) / 7;
    }
}
