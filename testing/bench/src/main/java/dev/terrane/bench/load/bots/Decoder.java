package dev.terrane.bench.load.bots;

import dev.terrane.base.Clock;
import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.protocol.client.ClientCodec;
import dev.terrane.protocol.client.Pong;
import dev.terrane.protocol.client.ServerMessage.ServerSnapshot;
import dev.terrane.sdk.ClientListener;
import dev.terrane.sdk.ClientOptions;
import dev.terrane.sdk.Entity;
import dev.terrane.sdk.TerraneClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Decodes everything that one bot receives, by the SDK, and times each entity's updates. One thread. */
final class Decoder implements ClientListener {
    private static final double METRES_MAX = 1e6;

    private final Tally tally;
    private final boolean followsAges;
    private final TerraneClient client;
    private final Map<Long, Double> lastStateMillis = new HashMap<>();
    private final List<Entity> followedNow = new ArrayList<>();
    private long updatesNow;

    /** @param followsAges whether it looks at each entity's age on display, which costs more than decoding it */
    Decoder(Tally tally, boolean followsAges, HttpClient unused) {
        this.tally = tally;
        this.followsAges = followsAges;
        this.client = TerraneClient.unconnected(
                ClientOptions.guest(URI.create("ws://127.0.0.1/ws"), "decoder", unused), this, Clock.system());
    }

    /** @throws MalformedBytesException when the message does not fit what came before */
    void receive(byte[] message, int length) {
        client.receive(message, length);
    }

    /** The client's clock is set by an answered ping; ours is the server's own, so the answer is made up here. */
    void welcomed() {
        byte[] pong = ClientCodec.encode(new Pong(WallClock.nanoMillis(), WallClock.epochMillis()));
        client.receive(pong, pong.length);
    }

    int visibleCount() {
        return client.entities().size();
    }

    /** @throws MalformedBytesException when somebody stands where nobody can */
    void checkPositions() {
        for (Entity entity : client.entities()) {
            if (!(Math.abs(entity.worldX()) < METRES_MAX && Math.abs(entity.worldY()) < METRES_MAX)) {
                throw new MalformedBytesException(
                        "entity " + entity.id() + " is at " + entity.worldX() + ", " + entity.worldY());
            }
        }
    }

    @Override
    public void entered(Entity entity) {
        updated(entity);
    }

    @Override
    public void changed(Entity entity, long fieldMask) {
        updated(entity);
    }

    private void updated(Entity entity) {
        updatesNow++;
        if (followsAges) {
            followedNow.add(
                    entity); // its id would be loaded ahead of the test, and cost those a cache miss who do not follow
        }
    }

    /** Comes after all updates of its slice. */
    @Override
    public void sliceArrived(double ageMillis) {
        tally.staleness.addMillis(ageMillis, updatesNow);
        tally.entityUpdates += updatesNow;
        updatesNow = 0;
        double now = WallClock.nanoMillis();
        for (Entity entity : followedNow) {
            Double last = lastStateMillis.put(entity.id(), now - ageMillis);
            if (last != null) {
                tally.displayAge.addMillis(now - last, 1);
            }
        }
        followedNow.clear();
    }

    @Override
    public void left(Entity entity, dev.terrane.sdk.LeaveReason reason) {
        lastStateMillis.remove(entity.id());
    }

    @Override
    public void snapshot(ServerSnapshot snapshot, int messageBytes) {
        tally.decodedSnapshots++;
        tally.decodedBytes += messageBytes;
        tally.visibleSum += visibleCount();
    }
}
