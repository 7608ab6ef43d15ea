package dev.terrane.bench.load.floor;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** A socket, and how much of a frame it did not take. */
final class FloorClient {
    private static final String KEY_HEADER = "Sec-WebSocket-Key: ";
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final SocketChannel channel;
    private boolean upgraded;
    /** Where the rest of an unfinished frame begins; 0 when there is none. */
    private int restFrom;

    FloorClient(SocketChannel channel) {
        this.channel = channel;
    }

    /** Reads and forgets; true when it has asked for the upgrade, and got it. */
    boolean receive(ByteBuffer in) throws IOException {
        if (channel.read(in) < 0) {
            channel.close();
            throw new EOFException();
        }
        if (upgraded) {
            return false;
        }
        upgrade(StandardCharsets.US_ASCII.decode(in.flip()).toString());
        return true;
    }

    /** Requests of our bots come in one piece. */
    private void upgrade(String request) throws IOException {
        int at = request.indexOf(KEY_HEADER) + KEY_HEADER.length();
        String answer =
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                        + accept(request.substring(at, request.indexOf("\r\n", at))) + "\r\n\r\n";
        channel.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII)));
        upgraded = true;
    }

    private static String accept(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-1", e);
        }
    }

    /** Writes the frame, or what an earlier one left over. False when the socket is gone. */
    boolean send(FloorFrame frame) {
        try {
            ByteBuffer bytes = frame.bytes.position(restFrom);
            channel.write(bytes);
            restFrom = bytes.hasRemaining() ? bytes.position() : 0;
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
