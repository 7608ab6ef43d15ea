package dev.terrane.http;

import dev.terrane.protocol.client.ErrorCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what comes in over TCP into messages. What arrives whole is handed on from where it was read; the beginning of a message is kept, as much of it as is there: a length that is only
 * announced costs nothing. Its loop's thread only.
 *
 * <pre>
 *   | length, 4 bytes, little-endian | so many bytes |
 * </pre>
 */
final class LengthReader {
    /** Nobody is known before the first message, and it is a Hello: no longer than its texts may be. */
    static final int FIRST_BYTES_MAX = 9 * 1024;

    private static final int KEPT_BYTES_AT_FIRST = 64;

    /** Who gets the messages. */
    interface Receiver {
        /** The bytes are the reader's again afterwards. */
        void message(ByteBuffer message);

        /** Nothing that follows makes sense. */
        void fault(ErrorCode error, String message);

        /** The connection is being closed: what follows is not looked at. */
        boolean closing();
    }

    private final int bytesMax;
    private final ByteBuffer shared;
    private final Receiver receiver;
    /** The next message is the first. */
    private boolean first = true;
    /** The beginning of a message. */
    private @Nullable ByteBuf kept;

    /** @param shared on the heap, for short messages, one at a time */
    LengthReader(int bytesMax, ByteBuffer shared, Receiver receiver) {
        this.bytesMax = bytesMax;
        this.shared = shared;
        this.receiver = receiver;
    }

    /** Takes in all that is readable, as far as the connection lives; the buffer stays the caller's. */
    void read(ByteBuf bytes) {
        while (bytes.isReadable() && !receiver.closing()) {
            ByteBuf begun = kept;
            if (begun != null) {
                goOn(begun, bytes);
            } else if (!take(bytes)) {
                kept = PooledByteBufAllocator.DEFAULT
                        .buffer(KEPT_BYTES_AT_FIRST)
                        .writeBytes(bytes);
            }
        }
    }

    /** Adds of one message what it lacks, and no more. */
    private void goOn(ByteBuf begun, ByteBuf bytes) {
        int wanted = LengthHead.BYTES;
        if (begun.readableBytes() >= wanted) {
            wanted += begun.getIntLE(begun.readerIndex());
        }
        begun.writeBytes(bytes, Math.min(wanted - begun.readableBytes(), bytes.readableBytes()));
        if (take(begun)) {
            drop();
        }
    }

    /** False when the message is not whole yet. */
    private boolean take(ByteBuf bytes) {
        if (bytes.readableBytes() < LengthHead.BYTES) {
            return false;
        }
        int at = bytes.readerIndex();
        int length = bytes.getIntLE(at);
        int most = first ? Math.min(FIRST_BYTES_MAX, bytesMax) : bytesMax;
        if (length == 0) {
            receiver.fault(ErrorCode.MALFORMED, "a message of 0 bytes is none");
            return true;
        }
        if (length < 0 || length > most) { // from 2^31 on it looks negative
            receiver.fault(
                    ErrorCode.MESSAGE_TOO_LARGE,
                    "a message of %d bytes is longer than %d; each begins with its length, 4 bytes, little-endian"
                            .formatted(Integer.toUnsignedLong(length), most));
            return true;
        }
        if (bytes.readableBytes() - LengthHead.BYTES < length) {
            return false;
        }
        first = false;
        bytes.skipBytes(LengthHead.BYTES + length);
        receiver.message(message(bytes, at + LengthHead.BYTES, length));
        return true;
    }

    private ByteBuffer message(ByteBuf bytes, int from, int length) {
        if (length > shared.capacity()) {
            return bytes.nioBuffer(from, length);
        }
        shared.clear().order(ByteOrder.BIG_ENDIAN).limit(length);
        bytes.getBytes(from, shared);
        return shared.flip();
    }

    /** Bytes that wait for the rest of their message. */
    int keptBytes() {
        ByteBuf begun = kept;
        return begun == null ? 0 : begun.readableBytes();
    }

    /** Forgets the beginning of a message: the rest will not come. */
    void drop() {
        ByteBuf begun = kept;
        if (begun != null) {
            kept = null;
            begun.release();
        }
    }
}
