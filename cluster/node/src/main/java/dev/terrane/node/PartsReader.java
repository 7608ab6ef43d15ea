package dev.terrane.node;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.MalformedBytesException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Puts the parts of one lane of one connection together again. Whoever has begun a message and could not send all of it begins another one: nothing is delivered by halves. One thread.
 *
 * <p>Room is made for what has come, not for what is announced.
 */
public final class PartsReader {
    private static final int CAPACITY_BYTES_MIN = 1 << 20;
    private static final byte[] NOTHING = {};

    private final int messageBytesMax;
    private byte[] whole = NOTHING;
    private int totalBytes;
    private int haveBytes;

    /** @param messageBytesMax longer messages are refused by their first part */
    public PartsReader(int messageBytesMax) {
        this.messageBytesMax = messageBytesMax;
    }

    /**
     * The next part.
     *
     * @return the whole message, the caller's from now on; null while parts are missing
     * @throws MalformedBytesException if it does not go on where the last one ended, or is too much; what has come is forgotten then
     */
    public byte @Nullable [] add(byte[] part, int offset, int length) {
        ByteReader in = new ByteReader(part, offset, length);
        if (in.u8() != Parts.MARK) {
            throw broken(in, "no part of a message");
        }
        int total = in.i32();
        int from = in.i32();
        int body = in.remaining();
        if (from == 0) {
            forget();
            totalBytes = total;
        }
        if (total != totalBytes || from != haveBytes) {
            throw broken(in, "a part at %d of %d, after %d of %d".formatted(from, total, haveBytes, totalBytes));
        }
        if (total < 1 || total > messageBytesMax || body < 1 || body > total - from) {
            throw broken(
                    in, "a part of %d bytes at %d of %d, of at most %d".formatted(body, from, total, messageBytesMax));
        }
        if (haveBytes + body > whole.length) {
            int capacity = (int) Math.max(haveBytes + body, Math.max(CAPACITY_BYTES_MIN, 2L * whole.length));
            whole = Arrays.copyOf(whole, Math.min(total, capacity));
        }
        System.arraycopy(part, offset + Parts.HEAD_BYTES, whole, haveBytes, body);
        haveBytes += body;
        if (haveBytes < totalBytes) {
            return null;
        }
        byte[] complete = whole; // as long as the whole is: room grows up to that and not further
        forget();
        return complete;
    }

    private MalformedBytesException broken(ByteReader in, String what) {
        forget();
        return in.malformed(what);
    }

    private void forget() {
        whole = NOTHING;
        totalBytes = 0;
        haveBytes = 0;
    }
}
