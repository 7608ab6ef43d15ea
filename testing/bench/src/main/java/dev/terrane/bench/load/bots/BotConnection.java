package dev.terrane.bench.load.bots;

import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.protocol.client.ClientCodec;
import dev.terrane.protocol.client.ClientMessage.ClientInput;
import dev.terrane.protocol.client.ClientMessage.Hello;
import dev.terrane.protocol.client.ProtocolVersion;
import dev.terrane.protocol.client.ServerMessage;
import dev.terrane.protocol.client.WireLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One player's connection.
 *
 * <pre>
 *   CONNECTING ─► UPGRADING ─► GREETING ─► PLAYING        any of them ─► OVER, with an error that is counted
 *                     └── a server without a game ──┘
 * </pre>
 *
 * <p>Belongs to the swarm's thread.
 */
final class BotConnection implements FrameScanner.Sink {
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int WHOLE_MESSAGE_BYTES = 1 << 20;
    private static final byte[] END_OF_HEADERS = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    enum Phase {
        CONNECTING,
        UPGRADING,
        GREETING,
        PLAYING,
        OVER
    }

    private final BotPlan plan;
    private final int number;
    private final SocketChannel channel;
    private final Shared shared;
    private final @Nullable Decoder decoder;
    private final FrameScanner scanner = new FrameScanner(WHOLE_MESSAGE_BYTES);
    private final HeadReader head = new HeadReader();
    private Phase phase = Phase.CONNECTING;
    private int matchedHeaderEnd;
    private int upgradeBytes;
    private int nextSeq = 1;
    long snapshots;

    /** What the bots of a swarm use in turn. */
    record Shared(Tally tally, Outgoing outgoing) {}

    BotConnection(BotPlan plan, int number, SocketChannel channel, Shared shared, @Nullable Decoder decoder) {
        this.plan = plan;
        this.number = number;
        this.channel = channel;
        this.shared = shared;
        this.decoder = decoder;
    }

    Phase phase() {
        return phase;
    }

    int number() {
        return number;
    }

    SocketChannel channel() {
        return channel;
    }

    @Nullable
    Decoder decoder() {
        return decoder;
    }

    /** The socket is open: asks for the upgrade. */
    void connected(String token) throws IOException {
        String request = "GET /ws HTTP/1.1\r\nHost: 127.0.0.1:" + plan.port() + "\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Key: dGVycmFuZSBib3QgbnVtYmU=\r\nSec-WebSocket-Version: 13\r\n"
                + "Authorization: Bearer " + token + "\r\n\r\n";
        if (!shared.outgoing.sendRaw(channel, request.getBytes(StandardCharsets.US_ASCII))) {
            throw new IOException("a new socket takes no request");
        }
        phase = Phase.UPGRADING;
    }

    void received(ByteBuffer in) {
        try {
            if (phase == Phase.UPGRADING && !upgraded(in)) {
                return;
            }
            scanner.scan(in, this);
        } catch (IOException e) {
            over("SOCKET " + e.getMessage());
        } catch (MalformedBytesException e) {
            over("MALFORMED " + e.getMessage());
        }
    }

    private boolean upgraded(ByteBuffer in) throws IOException {
        while (in.hasRemaining()) {
            byte next = in.get();
            upgradeBytes++;
            if (upgradeBytes == "HTTP/1.1 1".length() && next != '1') {
                throw new IOException("the server refuses the upgrade");
            }
            matchedHeaderEnd =
                    next == END_OF_HEADERS[matchedHeaderEnd] ? matchedHeaderEnd + 1 : next == END_OF_HEADERS[0] ? 1 : 0;
            if (matchedHeaderEnd == END_OF_HEADERS.length) {
                greet();
                return true;
            }
        }
        return false;
    }

    private void greet() throws IOException {
        if (!plan.greets()) {
            play();
            return;
        }
        send(ClientCodec.encode(
                new Hello(ProtocolVersion.MAJOR, ProtocolVersion.MINOR, "", "bot-" + number, "", "bench")));
        phase = Phase.GREETING;
    }

    private void play() {
        phase = Phase.PLAYING;
        scanner.keepAtMost(decoder == null ? HeadReader.BYTES_MAX : WHOLE_MESSAGE_BYTES);
    }

    /** @param heading where to walk, radians */
    void input(float heading) {
        ClientInput input = new ClientInput(
                nextSeq, 0, 0, (float) StrictMath.cos(heading), (float) StrictMath.sin(heading), heading, 0, 0);
        try {
            if (send(ClientCodec.encode(input))) {
                nextSeq++;
                shared.tally.inputs++;
            } else {
                shared.tally.inputsSkipped++;
            }
        } catch (IOException e) {
            over("SOCKET " + e.getMessage());
        }
    }

    private boolean send(byte[] message) throws IOException {
        return shared.outgoing.send(channel, Outgoing.BINARY, message, message.length);
    }

    @Override
    public void frame(int opcode, byte[] kept, int keptBytes, long frameBytes) {
        shared.tally.frameBytes += frameBytes;
        switch (opcode) {
            case Outgoing.BINARY -> message(kept, keptBytes);
            case PING -> pong(kept, keptBytes);
            case CLOSE -> over("CLOSED " + (keptBytes < 2 ? 0 : (kept[0] & 0xFF) << 8 | kept[1] & 0xFF));
            default -> {}
        }
    }

    private void message(byte[] kept, int keptBytes) {
        if (head.read(kept, keptBytes)) {
            snapshots++;
            shared.tally.snapshots++;
            shared.tally.snapshotAge.addMillis(WallClock.epochMillis() - head.serverTimeMillis(), 1);
        } else if (phase == Phase.GREETING) {
            greeted(kept, keptBytes);
            return;
        }
        if (decoder != null && phase == Phase.PLAYING) {
            decoder.receive(kept, keptBytes);
        }
    }

    private void greeted(byte[] message, int length) {
        switch (ClientCodec.decodeFromServer(message, 0, length, WireLimits.FROM_SERVER)) {
            case ServerMessage.Welcome welcome -> {
                nextSeq = welcome.nextSeq();
                if (decoder != null) {
                    decoder.receive(message, length);
                    decoder.welcomed();
                }
                play();
            }
            case ServerMessage.ServerError error -> over("REFUSED " + error.code());
            default -> {}
        }
    }

    private void pong(byte[] payload, int length) {
        try {
            shared.outgoing.send(channel, Outgoing.PONG, payload, length);
        } catch (IOException e) {
            over("SOCKET " + e.getMessage());
        }
    }

    /** Counts why, and closes the socket. */
    void over(String error) {
        if (phase != Phase.OVER) {
            phase = Phase.OVER;
            shared.tally.error(error);
            close();
        }
    }

    void close() {
        try {
            channel.close();
        } catch (IOException _) {
            // It is closed either way.
        }
    }
}
