package dev.terrane.http;

import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Puts frames together to whole messages, within the limit. One per connection, on its loop. */
final class MessageAssembly {
    private final int messageBytesMax;
    private @Nullable Buffer parts;

    MessageAssembly(int messageBytesMax) {
        this.messageBytesMax = messageBytesMax;
    }

    /** What became of a frame. */
    enum Step {
        /** {@link #message} has it whole. */
        WHOLE,
        /** More frames belong to it. */
        PARTIAL,
        /** The message has grown over the limit. */
        TOO_LARGE
    }

    private ByteBuffer message = ByteBuffer.allocate(0);

    /** A binary frame or a continuation of one. */
    Step add(WebSocketFrame frame) {
        Buffer before = parts;
        Buffer part = frame.binaryData();
        int lengthBytes = part.length() + (before == null ? 0 : before.length());
        if (lengthBytes > messageBytesMax) {
            parts = null;
            return Step.TOO_LARGE;
        }
        if (before == null && frame.isFinal()) {
            message = bytes(part);
            return Step.WHOLE;
        }
        Buffer all = before == null ? Buffer.buffer() : before;
        all.appendBuffer(part);
        if (!frame.isFinal()) {
            parts = all;
            return Step.PARTIAL;
        }
        parts = null;
        message = bytes(all);
        return Step.WHOLE;
    }

    /** Parts of a message wait for the rest of it. */
    boolean midway() {
        return parts != null;
    }

    /** The last whole message; good until the next frame. */
    ByteBuffer message() {
        return message;
    }

    private static ByteBuffer bytes(Buffer buffer) {
        ByteBuf bytes = ((BufferInternal) buffer).getByteBuf();
        return bytes.nioBuffer();
    }
}
