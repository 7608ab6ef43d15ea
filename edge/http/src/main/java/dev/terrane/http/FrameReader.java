package dev.terrane.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Takes what clients send almost always, short binary messages that arrive whole, straight from the bytes that were read, and unmasks them into memory that a loop's
 * connections share. All else goes the way of the stock decoder, which is at the beginning of a frame whenever the short way is tried.
 *
 * <pre>
 *   | 1000 0010 | 1 length (0 to 125) | mask, 4 bytes | payload |      RFC 6455, section 5.2
 * </pre>
 */
final class FrameReader extends WebSocket13FrameDecoder {
    private static final int WHOLE_BINARY = 0x82;
    private static final int MASKED = 0x80;
    /** What the short way takes. */
    static final int LENGTH_MAX = 125;

    private static final int HEAD_BYTES = 6;

    /** Who gets the messages that came the short way. On the channel's loop. */
    interface Receiver {
        /** False while parts of another message wait, or when the message is too long: then it has to go the long way. */
        boolean takes(int lengthBytes);

        /** The bytes are the reader's again afterwards. */
        void take(ByteBuffer message);
    }

    private final Receiver receiver;
    private final ByteBuffer unmasked;
    private boolean amidFrame;
    private boolean passedOn;

    /** @param unmasked at least {@link #LENGTH_MAX} bytes on the heap, for one message at a time */
    FrameReader(WebSocketDecoderConfig config, ByteBuffer unmasked, Receiver receiver) {
        super(config);
        this.unmasked = unmasked;
        this.receiver = receiver;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (amidFrame || actualReadableBytes() > 0 || !(message instanceof ByteBuf bytes)) {
            passedOn = true;
            super.channelRead(context, message);
            return;
        }
        boolean allRead = false;
        try {
            allRead = readMessages(bytes);
        } catch (RuntimeException e) {
            bytes.release();
            throw e;
        }
        if (allRead) {
            bytes.release();
        } else {
            passedOn = true;
            super.channelRead(context, bytes);
        }
    }

    /** Of what went the short way, nobody behind needs to hear that it is over. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        if (passedOn || !context.channel().config().isAutoRead()) {
            passedOn = false;
            super.channelReadComplete(context);
        }
    }

    private boolean readMessages(ByteBuf bytes) {
        while (bytes.isReadable()) {
            int at = bytes.readerIndex();
            if (bytes.readableBytes() < HEAD_BYTES || bytes.getUnsignedByte(at) != WHOLE_BINARY) {
                return false;
            }
            int length = bytes.getUnsignedByte(at + 1) - MASKED;
            if (length < 0
                    || length > LENGTH_MAX
                    || bytes.readableBytes() < HEAD_BYTES + length
                    || !receiver.takes(length)) {
                return false;
            }
            unmask(bytes, at + HEAD_BYTES, length, bytes.getInt(at + 2));
            bytes.skipBytes(HEAD_BYTES + length);
            receiver.take(unmasked);
        }
        return true;
    }

    private void unmask(ByteBuf bytes, int from, int length, int mask) {
        unmasked.clear().order(ByteOrder.BIG_ENDIAN).limit(length); // the last receiver may have left it otherwise
        int at = 0;
        for (; at + Integer.BYTES <= length; at += Integer.BYTES) {
            unmasked.putInt(at, bytes.getInt(from + at) ^ mask);
        }
        for (int rest = mask; at < length; at++, rest <<= Byte.SIZE) {
            unmasked.put(at, (byte) (bytes.getByte(from + at) ^ rest >>> Integer.SIZE - Byte.SIZE));
        }
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        int before = out.size();
        super.decode(context, in, out);
        amidFrame = out.size() == before;
    }
}
