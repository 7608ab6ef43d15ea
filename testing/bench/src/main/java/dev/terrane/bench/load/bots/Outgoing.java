package dev.terrane.bench.load.bots;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Writes masked frames, as clients must. One buffer for all connections; one thread. */
final class Outgoing {
    static final int BINARY = 2;
    static final int PONG = 10;
    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int SHORT_MAX = 125;
    private static final int LENGTH_16 = 126;
    /** The server has to unmask whatever the mask is; a bench needs no unpredictable one. */
    private static final byte[] MASK = {0x5A, 0x13, (byte) 0xC7, 0x2E};

    private final ByteBuffer out = ByteBuffer.allocateDirect(64 * 1024);

    /** False when the socket takes nothing now. @throws IOException also when it takes only a part: nobody sends so much */
    boolean send(SocketChannel channel, int opcode, byte[] payload, int length) throws IOException {
        out.clear();
        out.put((byte) (FINAL | opcode));
        if (length <= SHORT_MAX) {
            out.put((byte) (MASKED | length));
        } else {
            out.put((byte) (MASKED | LENGTH_16)).putShort((short) length);
        }
        out.put(MASK);
        for (int i = 0; i < length; i++) {
            out.put((byte) (payload[i] ^ MASK[i & 3]));
        }
        return flush(channel);
    }

    boolean sendRaw(SocketChannel channel, byte[] bytes) throws IOException {
        out.clear();
        out.put(bytes);
        return flush(channel);
    }

    private boolean flush(SocketChannel channel) throws IOException {
        out.flip();
        int size = out.remaining();
        int written = channel.write(out);
        if (written != 0 && written != size) {
            throw new IOException("the server does not read");
        }
        return written == size;
    }
}
