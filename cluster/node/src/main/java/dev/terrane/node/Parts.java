package dev.terrane.node;

/**
 * Cuts a message that is longer than a link takes into parts; {@link PartsReader} puts them together at the other end. Each part says where it belongs: {@code u8 mark · i32 bytes of the whole · i32 offset · bytes}.
 *
 * <p>Parts of one message have to be offered one after the other, and not between parts of another. Whole messages may come between them.
 */
public final class Parts {
    /** First byte of a part; no message begins so, see {@link NodeMessageCodec}. */
    static final int MARK = 0x7F;

    static final int HEAD_BYTES = 9;

    private Parts() {}

    public static boolean isPart(byte[] bytes, int offset, int length) {
        return length > 0 && bytes[offset] == MARK;
    }

    /** How many parts of at most {@code partBytesMax} make up a message. */
    public static int count(int messageBytes, int partBytesMax) {
        int body = partBytesMax - HEAD_BYTES;
        if (body < 1 || messageBytes < 1) {
            throw new IllegalArgumentException(messageBytes + " bytes in parts of " + partBytesMax);
        }
        return (messageBytes - 1) / body + 1;
    }

    /** How many bytes all parts have together. */
    public static long bytes(int messageBytes, int partBytesMax) {
        return messageBytes + (long) HEAD_BYTES * count(messageBytes, partBytesMax);
    }

    /**
     * Writes one part.
     *
     * @param index from 0
     * @param part as long as a part may be
     * @return how long this one is
     */
    public static int cut(byte[] message, int messageBytes, int index, byte[] part) {
        int body = part.length - HEAD_BYTES;
        int from = index * body;
        int length = Math.min(body, messageBytes - from);
        if (length < 1) {
            throw new IllegalArgumentException("part " + index + " of " + messageBytes + " bytes");
        }
        part[0] = MARK;
        put(part, 1, messageBytes);
        put(part, 5, from);
        System.arraycopy(message, from, part, HEAD_BYTES, length);
        return HEAD_BYTES + length;
    }

    private static void put(byte[] bytes, int at, int value) {
        for (int i = 0; i < 4; i++) {
            bytes[at + i] = (byte) (value >>> 8 * i);
        }
    }
}
