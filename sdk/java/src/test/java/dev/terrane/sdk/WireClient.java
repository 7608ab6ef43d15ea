package dev.terrane.sdk;

import dev.terrane.base.CharacterId;
import dev.terrane.base.Rng;
import dev.terrane.gateway.ClientLink;
import dev.terrane.gateway.ConnectionFacts;
import dev.terrane.gateway.Session;
import dev.terrane.gateway.SharedBytes;
import dev.terrane.gateway.VerifiedToken;
import dev.terrane.protocol.client.ClientCodec;
import dev.terrane.protocol.client.ClientMessage.Command;
import dev.terrane.protocol.client.ClientMessage.Hello;
import dev.terrane.protocol.client.MessageReader;
import dev.terrane.protocol.client.Ping;
import dev.terrane.protocol.client.ProtocolVersion;
import dev.terrane.protocol.client.ServerMessage;
import dev.terrane.protocol.client.ServerMessage.CommandResult;
import dev.terrane.protocol.client.ServerMessage.ServerError;
import dev.terrane.protocol.client.ServerMessage.Welcome;
import dev.terrane.protocol.client.WireLimits;
import dev.terrane.protocol.client.WireMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A player's command book behind a connection of bytes with latency, which breaks at any moment and is made anew. */
final class WireClient {
    private static final int LATENCY_STEPS_MAX = 6;
    private static final int AWAY_STEPS_MAX = 40;

    final String name;
    final Map<String, List<CommandAnswer>> told = new LinkedHashMap<>();
    final List<ServerError> errors = new ArrayList<>();
    private final CharacterId character;
    private final Rng rng;
    private final CommandBook book;
    private @Nullable Connection connection;
    private long step;
    private long nowNanos;
    private long connectStep;
    private long pingStep;

    private record Late(byte[] bytes, long dueStep) {}

    WireClient(int number, Rng rng) {
        this.name = "c" + number;
        this.character = new CharacterId(new UUID(7, number));
        this.rng = rng;
        this.book = new CommandBook(this::send, () -> rng.nextFloat(0, 1));
    }

    void ask(String requestId, String json) {
        List<CommandAnswer> answers = told.computeIfAbsent(requestId, first -> new ArrayList<>());
        book.add(new Command("cmd.test.do", 1, requestId, json.getBytes(StandardCharsets.UTF_8)), millis())
                .thenAccept(answers::add);
    }

    void step(long nowStep, long nanos, WireGateway gateway) {
        step = nowStep;
        nowNanos = nanos;
        if (connection == null && step >= connectStep) {
            connection = new Connection(gateway);
        }
        Connection current = connection;
        if (current != null) {
            current.step();
        }
        if (current != null && current.closed) {
            cut();
        }
        if (connection != null && step >= pingStep) {
            pingStep = step + 50;
            send(new Ping(millis()));
        }
        book.beat(millis());
    }

    /** Whatever was under way is lost, in both directions. */
    void cut() {
        Connection old = connection;
        connection = null;
        if (old != null) {
            old.gateway.gateway.onClosed(old.session);
            book.lost(millis());
            connectStep = step + 1 + rng.nextInt(AWAY_STEPS_MAX);
        }
    }

    private boolean send(WireMessage message) {
        Connection current = connection;
        return current != null && current.toServer.add(new Late(ClientCodec.encode(message), late()));
    }

    private long late() {
        return step + 1 + rng.nextInt(LATENCY_STEPS_MAX);
    }

    private double millis() {
        return nowNanos / 1e6;
    }

    private void hear(ServerMessage message) {
        switch (message) {
            case Welcome welcome -> book.opened(welcome.minor() >= ProtocolVersion.COMMANDS_SINCE_MINOR, millis());
            case CommandResult result -> book.result(result, millis());
            case ServerError error -> errors.add(error);
            default -> {}
        }
    }

    int pendingCount() {
        return book.pendingCount();
    }

    /** Ordered in each direction, each message late by a little. */
    private final class Connection implements ClientLink {
        final WireGateway gateway;
        final Session session;
        final ArrayDeque<Late> toServer = new ArrayDeque<>();
        final ArrayDeque<Late> toClient = new ArrayDeque<>();
        private final MessageReader reader = new MessageReader(WireLimits.FROM_SERVER);
        private ByteBuffer claimed = ByteBuffer.allocate(0);
        boolean closed;

        Connection(WireGateway gateway) {
            this.gateway = gateway;
            this.session = gateway.gateway.open(
                    this,
                    new ConnectionFacts("::1", new VerifiedToken(name, character, name, Long.MAX_VALUE)),
                    nowNanos);
            toServer.add(new Late(
                    ClientCodec.encode(new Hello(ProtocolVersion.MAJOR, ProtocolVersion.MINOR, "", name, "", "sim")),
                    late()));
        }

        void step() {
            while (!closed && !toServer.isEmpty() && toServer.getFirst().dueStep <= step) {
                gateway.gateway.onMessage(session, ByteBuffer.wrap(toServer.removeFirst().bytes), nowNanos);
            }
            while (!toClient.isEmpty() && (closed || toClient.getFirst().dueStep <= step)) {
                byte[] bytes = toClient.removeFirst().bytes;
                hear(reader.read(bytes, 0, bytes.length));
            }
        }

        @Override
        public ByteBuffer claim(int bytesMax) {
            claimed = ByteBuffer.allocate(bytesMax).order(ByteOrder.LITTLE_ENDIAN);
            return claimed;
        }

        @Override
        public void commit(int lengthBytes) {
            byte[] bytes = new byte[lengthBytes];
            claimed.get(0, bytes);
            toClient.add(new Late(bytes, late()));
        }

        @Override
        public void commit(int headBytes, SharedBytes body) {
            throw new AssertionError("nothing here is worth sharing");
        }

        @Override
        public void flush() {}

        @Override
        public void release() {}

        @Override
        public boolean congested() {
            return false;
        }

        @Override
        public long queuedBytes() {
            return 0;
        }

        @Override
        public void close(int code, String reason) {
            closed = true;
        }
    }
}
