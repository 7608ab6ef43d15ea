package dev.terrane.simulation;

import dev.terrane.base.CharacterId;
import dev.terrane.base.Clock;
import dev.terrane.gateway.ConnectionFacts;
import dev.terrane.gateway.Gateway;
import dev.terrane.gateway.Session;
import dev.terrane.gateway.VerifiedToken;
import dev.terrane.protocol.client.ClientCodec;
import dev.terrane.protocol.client.ClientMessage.ClientInput;
import dev.terrane.protocol.client.ClientMessage.Hello;
import dev.terrane.protocol.client.Ping;
import dev.terrane.protocol.client.ProtocolVersion;
import dev.terrane.protocol.client.ServerMessage.ServerError;
import dev.terrane.protocol.client.ServerMessage.ServerSnapshot;
import dev.terrane.protocol.client.ServerMessage.Welcome;
import dev.terrane.protocol.client.WireLayout;
import dev.terrane.protocol.client.WireMessage;
import dev.terrane.sdk.ClientListener;
import dev.terrane.sdk.ClientOptions;
import dev.terrane.sdk.Entity;
import dev.terrane.sdk.TerraneClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A player: connects, steers by numbered inputs, reads what it is sent with the client's own code, loses its connection and comes back. */
final class SimClient implements ClientListener, Clock {
    /** The client asks for one; nothing is ever sent by it. */
    private static final HttpClient UNUSED = HttpClient.newHttpClient();

    /** Of a link, one way. */
    static final int LATENCY_TICKS_MAX = 2;

    private static final int RETRY_TICKS = 10;
    private static final int PING_TICKS = 100;

    private record Saying(long dueTick, byte[] bytes) {}

    final int index;
    final CharacterId character;
    private final int latencyTicks;
    private final Gateway[] gateways;
    private final ArrayDeque<Saying> underway = new ArrayDeque<>();

    private @Nullable SimLink link;
    private @Nullable Session session;
    private @Nullable Gateway gateway;
    private final TerraneClient client;
    private boolean welcomed;
    private long now;
    private String resumeToken = "";
    private long connectAtTick;
    private long slowUntilTick;
    private int nextSeq = 1;
    private int ackedSeq;
    private long avatar;
    private long snapshotTick;
    private int connectionCount;
    private int refusalCount;
    private String lastError = "";
    private long pressedSent;

    SimClient(int index, int latencyTicks, Gateway[] gateways) {
        this.index = index;
        this.character = new CharacterId(new UUID(0x5155, index + 1));
        this.latencyTicks = latencyTicks;
        this.gateways = gateways;
        this.client = TerraneClient.unconnected(
                ClientOptions.guest(URI.create("ws://simulated"), "player-" + index, UNUSED), this, this);
    }

    void connect(long tick) {
        Gateway chosen = gateways[(index + connectionCount) % gateways.length];
        connectionCount++;
        SimLink fresh = new SimLink(latencyTicks);
        fresh.tick(tick, false);
        link = fresh;
        gateway = chosen;
        welcomed = false;
        underway.clear();
        session = chosen.open(
                fresh,
                new ConnectionFacts(
                        "127.0.0.1",
                        new VerifiedToken("player-" + index, character, "player-" + index, Long.MAX_VALUE)),
                nanos(tick));
        say(tick, new Hello(ProtocolVersion.MAJOR, ProtocolVersion.MINOR, "", "player-" + index, resumeToken, "sim"));
    }

    /** The connection breaks; it comes back after so many ticks. */
    void drop(long tick, int awayTicks) {
        if (session != null && gateway != null) {
            gateway.onClosed(session);
        }
        disconnected(tick + awayTicks);
    }

    private void disconnected(long connectAgainAtTick) {
        session = null;
        gateway = null;
        link = null;
        welcomed = false;
        connectAtTick = connectAgainAtTick;
    }

    void slowDown(long untilTick) {
        slowUntilTick = untilTick;
    }

    /** @param inputCount how many inputs it makes in this tick, if it plays */
    void tick(long tick, int inputCount) {
        if (link == null) {
            if (tick >= connectAtTick) {
                connect(tick);
            }
            return;
        }
        link.tick(tick, tick < slowUntilTick);
        listen(tick);
        for (int i = 0; i < inputCount && playing(); i++) {
            steer(tick);
        }
        if (tick % PING_TICKS == 0) {
            say(tick, new Ping(tick));
        }
        speak(tick);
    }

    private void steer(long tick) {
        int seq = nextSeq++;
        boolean presses = DrillMoves.presses(seq);
        say(
                tick,
                new ClientInput(
                        seq,
                        0,
                        snapshotTick,
                        DrillMoves.steerX(index, seq),
                        DrillMoves.steerY(index, seq),
                        index,
                        seq,
                        presses ? 1 : 0));
        pressedSent += presses ? 1 : 0;
    }

    private void say(long tick, WireMessage message) {
        underway.add(new Saying(tick + latencyTicks, ClientCodec.encode(message)));
    }

    private void speak(long tick) {
        while (session != null && gateway != null && !underway.isEmpty() && underway.element().dueTick <= tick) {
            gateway.onMessage(session, ByteBuffer.wrap(underway.remove().bytes), nanos(tick));
        }
    }

    private void listen(long tick) {
        now = tick;
        byte[] bytes;
        while (link != null && (bytes = link.poll()) != null) {
            client.receive(bytes, bytes.length);
        }
        if (link != null && link.closeCode() != 0) {
            refusalCount++;
            if (session != null && gateway != null) {
                gateway.onClosed(session);
            }
            disconnected(tick + RETRY_TICKS);
        }
    }

    @Override
    public void opened(TerraneClient opened, Welcome welcome) {
        welcomed = true;
        resumeToken = welcome.resumeToken();
        nextSeq = welcome.nextSeq();
        ackedSeq = nextSeq - 1;
    }

    @Override
    public void error(ServerError error) {
        lastError = error.code() + ": " + error.message();
    }

    @Override
    public void snapshot(ServerSnapshot snapshot, int messageBytes) {
        if (snapshot.ackSeq() < ackedSeq) {
            throw new Violation(
                    "InputChecker",
                    now,
                    this + "'s acknowledged input falls from " + ackedSeq + " to " + snapshot.ackSeq());
        }
        if (snapshot.ackSeq() >= nextSeq) {
            throw new Violation(
                    "InputChecker",
                    now,
                    this + "'s input " + snapshot.ackSeq() + " is acknowledged, but was never sent");
        }
        ackedSeq = snapshot.ackSeq();
        avatar = snapshot.avatar();
        snapshotTick = snapshot.tick();
    }

    @Override
    public long nanos() {
        return nanos(now);
    }

    @Override
    public long epochMillis() {
        return nanos() / 1_000_000;
    }

    /** How values of what it sees are addressed. */
    WireLayout layout() {
        return client.layout().orElseThrow();
    }

    /** What it sees. */
    Collection<Entity> entities() {
        return welcomed ? client.entities() : List.of();
    }

    boolean playing() {
        return welcomed && session != null && !session.closed();
    }

    @Nullable
    SimLink link() {
        return link;
    }

    long avatar() {
        return avatar;
    }

    int ackedSeq() {
        return ackedSeq;
    }

    int sentSeq() {
        return nextSeq - 1;
    }

    long snapshotTick() {
        return snapshotTick;
    }

    /** Connections that the server ended. */
    int refusalCount() {
        return refusalCount;
    }

    int connectionCount() {
        return connectionCount;
    }

    String lastError() {
        return lastError;
    }

    long pressedSent() {
        return pressedSent;
    }

    static long nanos(long tick) {
        return tick * 1_000_000_000L / Plan.SIMULATION_HZ;
    }

    @Override
    public String toString() {
        return "player-" + index;
    }
}
