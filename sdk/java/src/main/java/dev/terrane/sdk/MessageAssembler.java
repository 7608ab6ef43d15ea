package dev.terrane.sdk;

import dev.terrane.bytes.MalformedBytesException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Puts the parts of a message together in an array that is kept from message to message. Not thread-safe. */
final class MessageAssembler {
    private final int bytesMax;
    private byte[] bytes = new byte[4096];
    private int size;
    private boolean complete;

    MessageAssembler(int bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** True when {@link #bytes} up to {@link #size} are a whole message, until the next call. */
    boolean add(ByteBuffer part, boolean last) {
        if (complete) {
            size = 0;
        }
        int needed = size + part.remaining();
        if (needed > bytesMax) {
            throw new MalformedBytesException("a message is longer than " + bytesMax + " bytes");
        }
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(bytesMax, Math.max(needed, bytes.length * 2)));
        }
        part.get(bytes, size, part.remaining());
        size = needed;
        complete = last;
        return last;
    }

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }
}
