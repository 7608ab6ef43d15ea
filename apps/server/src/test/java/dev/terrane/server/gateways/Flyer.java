package dev.terrane.server.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.protocol.client.ErrorCode;
import dev.terrane.protocol.client.ServerMessage.ServerError;
import dev.terrane.protocol.client.ServerMessage.ServerInfo;
import dev.terrane.protocol.client.ServerMessage.ServerSnapshot;
import dev.terrane.protocol.client.ServerMessage.Welcome;
import dev.terrane.sdk.ClientListener;
import dev.terrane.sdk.ClientOptions;
import dev.terrane.sdk.Entity;
import dev.terrane.sdk.Input;
import dev.terrane.sdk.TerraneClient;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A client that flies where it is told and remembers what happened to it. */
final class Flyer implements ClientListener, AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    final List<String> cells = new CopyOnWriteArrayList<>();
    final List<String> errors = new CopyOnWriteArrayList<>();
    final List<Integer> acks = new CopyOnWriteArrayList<>();
    volatile int losses;
    volatile int welcomes;
    volatile int snapshots;
    volatile int sent;
    volatile long avatar;
    volatile double x;
    volatile Input wish = Input.NONE;

    private final TerraneClient client;
    private final ScheduledExecutorService hands = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("flyer-", 0).factory());

    private Flyer(ClientOptions options) {
        client = TerraneClient.connect(options, this);
        // No input is made up for after a pause: too many at once end the connection.
        hands.scheduleWithFixedDelay(this::steer, 50, 50, TimeUnit.MILLISECONDS);
    }

    static Flyer join(ClientOptions options) {
        Flyer flyer = new Flyer(options);
        flyer.until("joined", () -> flyer.snapshots > 0);
        return flyer;
    }

    private void steer() {
        sent = Math.max(sent, client.input(wish));
    }

    void until(String what, BooleanSupplier holds) {
        long giveUpNanos = System.nanoTime() + PATIENCE_NANOS;
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as(
                            "%s; cells %s, errors %s, %s losses, last ack %s",
                            what, cells, errors, losses, acks.isEmpty() ? 0 : acks.getLast())
                    .isLessThan(giveUpNanos);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    long cellCount() {
        return cells.stream().distinct().count();
    }

    @Override
    public void opened(TerraneClient opened, Welcome welcome) {
        welcomes++;
    }

    @Override
    public void moved(ServerInfo info) {
        avatar = info.avatar();
        cells.add(info.worldId());
    }

    @Override
    public void entered(Entity entity) {
        changed(entity, 0);
    }

    @Override
    public void changed(Entity entity, long fieldMask) {
        if (entity.id() == avatar) {
            x = entity.worldX();
        }
    }

    @Override
    public void snapshot(ServerSnapshot snapshot, int messageBytes) {
        acks.add(snapshot.ackSeq());
        snapshots++;
    }

    @Override
    public void error(ServerError error) {
        errors.add(error.code() + ": " + error.message());
    }

    @Override
    public void lost(ErrorCode error, String reason) {
        losses++;
    }

    @Override
    public void close() {
        hands.shutdownNow();
        client.close();
    }
}
