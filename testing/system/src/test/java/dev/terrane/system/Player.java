package dev.terrane.system;

import dev.terrane.protocol.client.ErrorCode;
import dev.terrane.protocol.client.ServerMessage;
import dev.terrane.protocol.client.ServerMessage.ServerError;
import dev.terrane.protocol.client.ServerMessage.ServerInfo;
import dev.terrane.protocol.client.ServerMessage.ServerSnapshot;
import dev.terrane.protocol.client.ServerMessage.Welcome;
import dev.terrane.protocol.client.WireLayout;
import dev.terrane.sdk.ClientListener;
import dev.terrane.sdk.ClientOptions;
import dev.terrane.sdk.Entity;
import dev.terrane.sdk.Input;
import dev.terrane.sdk.LeaveReason;
import dev.terrane.sdk.TerraneClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A client that remembers what it is told, and sends its current wish twenty times a second. */
final class Player implements ClientListener, AutoCloseable {
    private static final long INPUT_MILLIS = 50;

    /** What is known of an entity in view. */
    record Seen(String name, int kind, int paint, boolean mate, double x, double y) {}

    /** How far the world has stepped down, and whether its time runs slower. */
    record Pace(int shed, boolean slow) {}

    final Map<Long, Seen> inView = new ConcurrentHashMap<>();
    final Map<Long, LeaveReason> departed = new ConcurrentHashMap<>();
    final List<String> cells = new CopyOnWriteArrayList<>();
    final List<ErrorCode> errors = new CopyOnWriteArrayList<>();
    /** What it was told about the world's load, each time that it changed. */
    final List<Pace> paces = new CopyOnWriteArrayList<>();

    final List<Integer> acks = new CopyOnWriteArrayList<>();
    private final List<ServerMessage.Event> told = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService hands = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("player-", 0).factory());
    private final TerraneClient client;
    private volatile Input wish = Input.NONE;
    volatile long avatar;
    volatile int welcomes;
    volatile int losses;
    volatile int closes;
    volatile int snapshots;
    volatile int firstTick = -1;
    volatile int lastTick = -1;
    volatile int missedTicks;
    private int name = -1;
    private int kind = -1;
    private int paint = -1;
    private int wingEnergy = -1;
    /** Where payloads of snapshots are kept while somebody wants them. */
    volatile @Nullable List<byte[]> payloads;

    private Player(ClientOptions options) {
        client = TerraneClient.connect(options, this);
        // No input is made up for after a pause: too many at once end the connection.
        hands.scheduleWithFixedDelay(() -> client.input(wish), INPUT_MILLIS, INPUT_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Joins as a guest and waits until it plays. */
    static Player join(ServerProcess server, String name) {
        return join(ClientOptions.guest(server.socket(), name));
    }

    static Player join(ClientOptions options) {
        Player player = new Player(options);
        player.until("joined", () -> player.snapshots > 0);
        return player;
    }

    void wish(Input newWish) {
        wish = newWish;
    }

    /** Flies to where the other is, as he himself knows it, and stops near him. */
    void flyTo(Player target) {
        until("found", () -> {
            Seen self = inView.get(avatar);
            Seen other = target.inView.get(target.avatar);
            if (self == null || other == null) {
                return false;
            }
            double dx = other.x() - self.x();
            double dy = other.y() - self.y();
            double far = Math.sqrt(dx * dx + dy * dy);
            if (far < 150) {
                return true;
            }
            wish(new Input((float) (dx / far), (float) (dy / far), 0, 2, 0));
            return false;
        });
        wish(Input.NONE);
    }

    TerraneClient client() {
        return client;
    }

    @Override
    public void happened(ServerMessage.Event event) {
        told.add(event);
    }

    /** Durable events of this topic whose payload contains the text. */
    Stream<String> told(String topic, String text) {
        return told.stream()
                .filter(event -> event.topic().equals(topic))
                .map(event -> new String(event.payload(), StandardCharsets.UTF_8))
                .filter(payload -> payload.contains(text));
    }

    /** What it was told last. */
    Pace pace() {
        return paces.getLast();
    }

    void until(String what, BooleanSupplier condition) {
        Awaitility.await(what)
                .atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(20))
                .until(condition::getAsBoolean);
    }

    @Override
    public void opened(TerraneClient opened, Welcome welcome) {
        WireLayout layout = opened.layout().orElseThrow();
        name = layout.flatIndexOf("kit.nameplate", "name");
        kind = layout.flatIndexOf("skirmish.craft", "kind");
        paint = layout.flatIndexOf("skirmish.craft", "variant");
        wingEnergy = layout.flatIndexOf("skirmish.wing", "energy");
        welcomes++;
    }

    @Override
    public void moved(ServerInfo info) {
        avatar = info.avatar();
        cells.add(info.worldId());
    }

    @Override
    public void entered(Entity entity) {
        see(entity);
    }

    @Override
    public void changed(Entity entity, long fieldMask) {
        see(entity);
    }

    private void see(Entity entity) {
        inView.put(
                entity.id(),
                new Seen(
                        entity.text(name),
                        (int) entity.bits(kind),
                        (int) entity.bits(paint),
                        entity.has(wingEnergy),
                        entity.worldX(),
                        entity.worldY()));
    }

    @Override
    public void left(Entity entity, LeaveReason reason) {
        inView.remove(entity.id());
        departed.put(entity.id(), reason);
    }

    @Override
    public void snapshot(ServerSnapshot snapshot, int messageBytes) {
        if (lastTick < 0) {
            firstTick = snapshot.tick();
        } else if (snapshot.tick() > lastTick + 1) {
            missedTicks += snapshot.tick() - lastTick - 1;
        }
        lastTick = snapshot.tick();
        Pace pace = new Pace(snapshot.shed(), snapshot.dilation() < 1);
        if (paces.isEmpty() || !pace.equals(paces.getLast())) {
            paces.add(pace);
        }
        acks.add(snapshot.ackSeq());
        List<byte[]> kept = payloads;
        if (kept != null) {
            int from = snapshot.payloadOffset();
            kept.add(Arrays.copyOfRange(snapshot.bytes(), from, from + snapshot.payloadLength()));
        }
        snapshots++;
    }

    @Override
    public void error(ServerError error) {
        errors.add(error.code());
    }

    @Override
    public void lost(ErrorCode error, String reason) {
        losses++;
    }

    @Override
    public void closed(ErrorCode error, String reason) {
        closes++;
    }

    @Override
    public void close() {
        hands.shutdownNow();
        client.close();
    }
}
