package dev.terrane.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.Meters;
import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import dev.terrane.protocol.client.ClientCodec;
import dev.terrane.protocol.client.ClientMessage;
import dev.terrane.protocol.client.ClientMessage.ClientInput;
import dev.terrane.protocol.client.ClientMessage.Hello;
import dev.terrane.protocol.client.ProtocolVersion;
import dev.terrane.protocol.client.SliceAddress;
import dev.terrane.space.ChunkGrid;
import dev.terrane.space.HexPartition;
import dev.terrane.space.Partition;
import dev.terrane.space.StripPartition;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/**
 * However cells change, restart and lose frames, however avatars wander and links clog: when it becomes quiet, every client sees
 * exactly what there is within its interest, and its inputs were applied once and in order.
 */
class GatewayModelTest {
    private static final int SEED_COUNT = Integer.getInteger("terrane.seeds", 200);
    private static final int NOISY_TICKS = 200;
    private static final int QUIET_TICKS = 160;
    private static final double RADIUS = 110;
    private static final double HYSTERESIS = 32;
    /** So far outside its viewpoint's chunk an avatar may stand. */
    private static final double SLACK = TestWorld.CHUNK_METRES / 8 + 0.01;
    /** From an avatar to the far corner of its chunk. */
    private static final double CORNER = TestWorld.CHUNK_METRES * Math.sqrt(2) + 0.01;

    @Test
    void everyClientSeesTheTruthWhenItIsQuiet() {
        playAll(false);
    }

    /** Links lose what is underway, nodes die and copies of their cells go on: no input is lost for that, none applied twice, and nobody is told an error. */
    @Test
    void everyClientSeesTheTruthOfCellsOnOtherNodes() {
        playAll(true);
    }

    private static void playAll(boolean remote) {
        long only = Long.getLong("terrane.seed", -1);
        long first = only >= 0 ? only : 0;
        long until = only >= 0 ? only + 1 : SEED_COUNT;
        for (long seed = first; seed < until; seed++) {
            try {
                new Run(seed, remote).play();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + " fails; repeat it with -Dterrane.seed=" + seed, e);
            }
        }
    }

    /** Remembers the longest wait of a slice. */
    private static final class WaitMeters implements Meters {
        private long longestWait;

        @Override
        public Count count(String name, String... labels) {
            return Meters.none().count(name, labels);
        }

        @Override
        public Distribution distribution(String name, String... labels) {
            return value -> longestWait = Math.max(longestWait, value);
        }

        @Override
        public void gauge(String name, LongSupplier read, String... labels) {}
    }

    private static final class Run {
        private final Rng rng;
        private final boolean remote;
        private final ModelWorld world;
        private final GatewayAgent gateway;
        private final GatewaySettings settings;
        private final WaitMeters meters = new WaitMeters();
        private final List<ModelClient> clients = new ArrayList<>();
        private final List<RuntimeException> bugs = new ArrayList<>();
        private long nowNanos = 1;
        private int stalledTicks;
        private int mostWatched;

        Run(long seed, boolean remote) {
            rng = new Rng(seed);
            this.remote = remote;
            world = new ModelWorld(partition(), rng, remote);
            settings = new GatewaySettings(
                    new GatewaySettings.Interest(RADIUS, HYSTERESIS, 16_384),
                    new GatewaySettings.Snapshots(rng.chance(0.5f) ? 12 : 500, rng.chance(0.5f) ? 1024 : 16_384, 1),
                    GatewaySettings.Messages.defaults(),
                    new GatewaySettings.Timeouts(
                            Duration.ofSeconds(60),
                            Duration.ofSeconds(60),
                            Duration.ofSeconds(60),
                            Duration.ofSeconds(60),
                            Duration.ofSeconds(2)));
            GatewayPorts ports =
                    new GatewayPorts(world, world, new FailingListener(bugs), meters, new Rng(seed + 1)::nextLong);
            GatewaySpec spec = new GatewaySpec(
                    ModelWorld.GATEWAY, "0.1", settings, List.of(TestWorld.of(world.partition)), new byte[32]);
            gateway = new GatewayAgent(spec, ports, new GatewayInbox(32, () -> {}));
            world.connect(gateway.inbox());
        }

        private Partition partition() {
            return rng.chance(0.5f)
                    ? new StripPartition(2 + rng.nextInt(8), 192, 256)
                    : new HexPartition(1 + rng.nextInt(3), 2 + rng.nextInt(2), 100);
        }

        void play() {
            for (int i = 0; i < 1 + rng.nextInt(5); i++) {
                ModelClient client = new ModelClient(i, gateway, nowNanos);
                say(client, new Hello(ProtocolVersion.MAJOR, 0, "", "player " + i, "", ""));
                clients.add(client);
            }
            for (int i = 0; i < NOISY_TICKS; i++) {
                turn(true);
            }
            world.calm = true;
            clients.forEach(client -> client.link.congested = false);
            for (int i = 0; i < QUIET_TICKS; i++) {
                turn(false);
            }
            check();
        }

        private void turn(boolean noisy) {
            nowNanos += 50_000_000L;
            world.turn();
            if (noisy && stalledTicks == 0 && rng.chance(0.05f)) {
                stalledTicks = 1 + rng.nextInt(6);
            }
            if (stalledTicks > 0) {
                stalledTicks--;
            } else {
                gateway.drain(nowNanos);
                gateway.onTimer(nowNanos, nowNanos / 1_000_000L);
            }
            for (ModelClient client : clients) {
                client.read();
                if (noisy && rng.chance(0.05f)) {
                    client.link.congested = !client.link.congested;
                }
                if (noisy && client.snapshotCount > 0 && rng.chance(0.7f)) {
                    client.seq++;
                    say(client, new ClientInput(client.seq, 0, 0, 0, 0, 0, 0, 0));
                }
                assertThat(client.link.closeCode).as(client.link.closeReason).isZero();
                assertThat(((ClientSession) client.session).lane.unackedCount()).isLessThanOrEqualTo(64);
            }
            assertThat(bugs).isEmpty();
            checkMemory();
        }

        private void say(ModelClient client, ClientMessage message) {
            gateway.onMessage(client.session, ByteBuffer.wrap(ClientCodec.encode(message)), nowNanos);
        }

        private void checkMemory() {
            int watched = gateway.watchedCount();
            mostWatched = Math.max(mostWatched, watched);
            assertThat(watched).isLessThanOrEqualTo(gateway.seenCount());
        }

        private void check() {
            int longestView = 0;
            for (ModelClient client : clients) {
                ModelAvatar avatar = Objects.requireNonNull(world.avatars.get(
                        TestWorld.player(client.number).verified().character()));
                longestView = Math.max(longestView, checkView(client, avatar));
                List<Integer> applied = Objects.requireNonNull(world.applied.get(avatar.character));
                for (int i = 0; i < applied.size(); i++) {
                    assertThat(applied.get(i))
                            .as("input of client %s", client.number)
                            .isEqualTo(i + 1);
                }
                assertThat(applied).hasSize(client.seq);
                assertThat(((ClientSession) client.session).lane.unackedCount()).isZero();
                assertThat(client.link.longestBytes)
                        .isLessThan(settings.snapshots().bytesMax() + 1024);
            }
            assertThat(meters.longestWait).as("snapshots a slice waited").isLessThan(300);
            assertThat(mostWatched).isPositive();
            clients.forEach(client -> gateway.onClosed(client.session));
            turnWithoutClients();
            assertThat(gateway.watchedCount()).isZero();
            world.cells.values().forEach(cell -> {
                assertThat(cell.watched.isEmpty() || remote)
                        .as("an Unwatch that was lost is said again when slices come")
                        .isTrue();
                assertThat(cell.avatars).isEmpty();
            });
        }

        private void turnWithoutClients() {
            clients.clear();
            for (int i = 0; i < 3; i++) {
                turn(false);
            }
        }

        /** @return slices that this client holds */
        private int checkView(ModelClient client, ModelAvatar avatar) {
            int held = 0;
            for (SliceAddress address : client.held()) {
                held++;
                ModelCell cell = Objects.requireNonNull(world.cells.get(
                        new CellId(TestWorld.ID, new RegionId(address.regionA(), address.regionB()), 0)));
                assertThat(distance(cell, address.chunk(), avatar))
                        .as("distance of %s", address)
                        .isLessThanOrEqualTo(RADIUS + CORNER + SLACK);
                assertThat(client.content(address)).as("held %s", address).isEqualTo(truth(cell, address));
            }
            for (ModelCell cell : world.cells.values()) {
                cell.parts.forEach((chunk, parts) -> {
                    if (distance(cell, chunk, avatar) <= RADIUS - SLACK) {
                        for (int p = 0; p < parts.size(); p++) {
                            SliceAddress address = SliceAddress.of(
                                    cell.id.region().a(), cell.id.region().b(), 0, chunk, p);
                            assertThat(client.content(address))
                                    .as("seen %s", address)
                                    .isEqualTo(truth(cell, address));
                        }
                    }
                });
            }
            return held;
        }

        private static Map<Integer, ModelEntity> truth(ModelCell cell, SliceAddress address) {
            return Objects.requireNonNull(cell.parts.get(address.chunk()))
                    .get(address.part())
                    .content();
        }

        /** From where the avatar stands; beyond its cell's edge it sees what is seen from the edge. */
        private double distance(ModelCell cell, int chunk, ModelAvatar avatar) {
            ChunkGrid home = avatar.cell.grid;
            double homeX = avatar.x - avatar.originX;
            double homeY = avatar.y - avatar.originY;
            int stands = home.chunkAt((float) homeX, (float) homeY);
            double half = home.sideMetres() / 2;
            double x = Math.clamp(homeX, home.centreX(stands) - half, home.centreX(stands) + half) + avatar.originX;
            double y = Math.clamp(homeY, home.centreY(stands) - half, home.centreY(stands) + half) + avatar.originY;
            return cell.grid.distanceTo(
                    chunk,
                    x - world.partition.originX(cell.id.region()),
                    y - world.partition.originY(cell.id.region()));
        }
    }
}
