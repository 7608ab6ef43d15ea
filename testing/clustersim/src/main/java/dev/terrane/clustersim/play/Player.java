package dev.terrane.clustersim.play;

import dev.terrane.base.CharacterId;
import dev.terrane.base.Clock;
import dev.terrane.clustersim.game.Steering;
import dev.terrane.clustersim.time.Conductor;
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
import dev.terrane.protocol.client.WireMessage;
import dev.terrane.sdk.ClientListener;
import dev.terrane.sdk.ClientOptions;
import dev.terrane.sdk.Entity;
import dev.terrane.sdk.TerraneClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Connects, steers by numbered inputs, reads what it is sent with the client's own code, loses its connection and comes back at another door. */
public final class Player implements ClientListener, Clock {
    /** The client asks for one; nothing is ever sent by it. */
    private static final HttpClient UNUSED = HttpClient.newHttpClient();

    private static final long RETRY_NANOS = 300_000_000;
    private static final int PING_EVERY = 60;

    private final Conductor conductor;
    private final int index;
    private final Doors doors;
    private final Watcher watcher;
    private final long inputNanos;
    private final long latencyNanos;
    private final TerraneClient client;
    private @Nullable SimSocket socket;
    private @Nullable SimDoor door;
    private @Nullable Gateway gateway;
    private @Nullable Session session;
    private boolean welcomed;
    private String resumeToken = "";
    private int connectionCount;
    private int nextSeq = 1;
    private int ackedSeq;
    private long avatar;
    private long snapshotTick;
    private long snapshotNanos;
    private long snapshotCount;
    private long beatCount;
    private String lastError = "";
    /** When the last thing that it said arrives: what it says comes in order. */
    private long lastSaidNanos;

    /** Where one can come in now. */
    @FunctionalInterface
    public interface Doors {
        /** @param tries so many before this one; null: nowhere */
        @Nullable
        SimDoor door(int player, int tries);
    }

    /** Looks over players' shoulders. */
    public interface Watcher {
        /** A snapshot has been taken in. @param ackedBefore of the one before, on this connection */
        void snapshot(Player player, ServerSnapshot snapshot, int ackedBefore);

        void told(Player player, String what);
    }

    public Player(Conductor conductor, int index, Doors doors, Watcher watcher, int inputHz) {
        this.conductor = conductor;
        this.index = index;
        this.doors = doors;
        this.watcher = watcher;
        this.inputNanos = 1_000_000_000L / inputHz;
        this.latencyNanos = 5_000_000L + index * 7_000_000L;
        this.client = TerraneClient.unconnected(
                ClientOptions.guest(URI.create("ws://simulated"), "player-" + index, UNUSED), this, this);
    }

    public void start(long atNanos) {
        conductor.at(atNanos, null, this::beat);
    }

    private void beat() {
        beatCount++;
        if (socket == null) {
            connect();
            conductor.in(RETRY_NANOS, null, this::beat);
            return;
        }
        SimDoor there = door;
        if (there != null && !there.host().isAlive()) {
            disconnected("its door is gone");
        } else if (isPlaying()) {
            steer();
        }
        if (beatCount % PING_EVERY == 0) {
            say(new Ping(beatCount));
        }
        conductor.in(inputNanos, null, this::beat);
    }

    private void connect() {
        SimDoor chosen = doors.door(index, connectionCount++);
        if (chosen == null) {
            return;
        }
        SimSocket fresh = new SimSocket(conductor, this, latencyNanos);
        socket = fresh;
        door = chosen;
        welcomed = false;
        gateway = chosen.gateway(index);
        conductor.in(latencyNanos, chosen.host(), () -> {
            if (socket == fresh && gateway != null) {
                session = gateway.open(
                        fresh,
                        new ConnectionFacts(
                                "127.0.0.1", new VerifiedToken(name(), character(), name(), Long.MAX_VALUE)),
                        chosen.host().nanos());
            }
        });
        say(new Hello(ProtocolVersion.MAJOR, ProtocolVersion.MINOR, "", name(), resumeToken, "sim"));
    }

    /** Its connection breaks, on both sides. */
    public void drop() {
        Session open = session;
        Gateway at = gateway;
        SimDoor there = door;
        if (open != null && at != null && there != null) {
            conductor.in(latencyNanos, there.host(), () -> at.onClosed(open));
        }
        disconnected("its connection broke");
    }

    private void disconnected(String why) {
        watcher.told(this, why);
        session = null;
        gateway = null;
        door = null;
        socket = null;
        welcomed = false;
    }

    void closed(SimSocket by, String why) {
        if (by == socket) {
            Session open = session;
            Gateway at = gateway;
            SimDoor there = door;
            if (open != null && at != null && there != null) {
                conductor.in(1_000, there.host(), () -> at.onClosed(open));
            }
            disconnected("closed: " + why + ", " + lastError);
        }
    }

    private void steer() {
        int seq = nextSeq++;
        say(new ClientInput(seq, 0, snapshotTick, Steering.x(index, seq), Steering.y(index, seq), index, seq, 0));
    }

    private void say(WireMessage message) {
        byte[] bytes = ClientCodec.encode(message);
        SimSocket through = socket;
        SimDoor there = door;
        if (there != null) {
            lastSaidNanos = Math.max(lastSaidNanos, conductor.nowNanos() + latencyNanos) + 1_000;
            conductor.at(lastSaidNanos, there.host(), () -> {
                if (socket == through && session != null && gateway != null) {
                    gateway.onMessage(
                            session, ByteBuffer.wrap(bytes), there.host().nanos());
                }
            });
        }
    }

    void hear(SimSocket by, byte[] bytes) {
        if (by == socket) {
            client.receive(bytes, bytes.length);
        }
    }

    @Override
    public void opened(TerraneClient opened, Welcome welcome) {
        welcomed = true;
        resumeToken = welcome.resumeToken();
        nextSeq = welcome.nextSeq();
        ackedSeq = nextSeq - 1;
        snapshotNanos = conductor.nowNanos();
        watcher.told(this, "is welcome, next input " + nextSeq);
    }

    @Override
    public void error(ServerError error) {
        lastError = error.code() + ": " + error.message();
        watcher.told(this, lastError);
    }

    @Override
    public void snapshot(ServerSnapshot snapshot, int messageBytes) {
        int before = ackedSeq;
        ackedSeq = snapshot.ackSeq();
        avatar = snapshot.avatar();
        snapshotTick = snapshot.tick();
        snapshotNanos = conductor.nowNanos();
        snapshotCount++;
        watcher.snapshot(this, snapshot, before);
    }

    @Override
    public long nanos() {
        return conductor.nowNanos();
    }

    @Override
    public long epochMillis() {
        return Conductor.EPOCH_MILLIS + conductor.nowNanos() / 1_000_000;
    }

    public int index() {
        return index;
    }

    public CharacterId character() {
        return new CharacterId(new UUID(0x5155, index + 1));
    }

    private String name() {
        return "player-" + index;
    }

    public boolean isPlaying() {
        return welcomed && session != null && !session.closed();
    }

    /** What it sees. */
    public Collection<Entity> entities() {
        return welcomed ? client.entities() : List.of();
    }

    public long avatar() {
        return avatar;
    }

    public int sentSeq() {
        return nextSeq - 1;
    }

    public int ackedSeq() {
        return ackedSeq;
    }

    public long snapshotTick() {
        return snapshotTick;
    }

    /** When it last heard of the world, in true time. */
    public long snapshotNanos() {
        return snapshotNanos;
    }

    public long snapshotCount() {
        return snapshotCount;
    }

    public int connectionCount() {
        return connectionCount;
    }

    public String lastError() {
        return lastError;
    }

    @Override
    public String toString() {
        return name();
    }
}
