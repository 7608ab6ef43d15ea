package dev.terrane.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Meters;
import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import dev.terrane.gateway.AdmissionAnswer.Admitted;
import dev.terrane.protocol.client.ClientCodec;
import dev.terrane.protocol.client.ClientMessage.Hello;
import dev.terrane.protocol.client.ProtocolVersion;
import dev.terrane.protocol.client.SliceAddress;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellOutput.Joined;
import dev.terrane.protocol.cluster.CellPort;
import dev.terrane.space.ChunkGrid;
import dev.terrane.space.SinglePartition;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** Whoever is in step sees the same as whoever is served alone, whatever clogs and wherever they walk. */
class CompanyModelTest {
    private static final int SEED_COUNT = Integer.getInteger("terrane.seeds", 100);
    private static final SinglePartition PLANE = new SinglePartition(256, 256);

    @Test
    void everybodyInOnePlaceSeesTheSame() {
        for (long seed = 0; seed < SEED_COUNT; seed++) {
            try {
                new Run(seed).play();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + " fails", e);
            }
        }
    }

    /** Counts by name. */
    private static final class Counts implements Meters {
        final Map<String, Long> sums = new TreeMap<>();

        @Override
        public Count count(String name, String... labels) {
            return amount -> sums.merge(name, amount, Long::sum);
        }

        @Override
        public Distribution distribution(String name, String... labels) {
            return value -> {};
        }

        @Override
        public void gauge(String name, LongSupplier read, String... labels) {}
    }

    private static final class Run {
        private final Rng rng;
        private final ModelCell cell = new ModelCell(
                TestWorld.cell(0), new ChunkGrid(PLANE.bounds(new RegionId(0, 0)), TestWorld.CHUNK_METRES), 1);
        private final Counts counts = new Counts();
        private final List<RuntimeException> bugs = new ArrayList<>();
        private final List<ModelClient> clients = new ArrayList<>();
        private final GatewayAgent gateway;
        private long tick;

        Run(long seed) {
            rng = new Rng(seed);
            CellPort port = (id, epoch, message) -> {
                if (message instanceof CellInput.Watch watch) {
                    cell.watch(watch.chunks());
                } else if (message instanceof CellInput.Unwatch unwatch) {
                    cell.unwatch(unwatch.chunks());
                }
                return Admission.ACCEPTED;
            };
            GatewayPorts ports = new GatewayPorts(
                    port,
                    (request, answerTo) -> answerTo.offer(new Admitted(request.session(), 1, 1, cell.id, 1, 0, 0)),
                    new FailingListener(bugs),
                    counts,
                    new Rng(seed + 1)::nextLong);
            GatewaySettings defaults = GatewaySettings.defaults();
            GatewaySettings settings = new GatewaySettings(
                    new GatewaySettings.Interest(100, 32, 16_384),
                    new GatewaySettings.Snapshots(rng.chance(0.5f) ? 20 : 500, rng.chance(0.3f) ? 1024 : 16_384, 2),
                    defaults.messages(),
                    defaults.timeouts());
            gateway = new GatewayAgent(
                    new GatewaySpec(0, "0.1", settings, List.of(TestWorld.of(PLANE)), new byte[32]),
                    ports,
                    new GatewayInbox(64, () -> {}));
        }

        void play() {
            for (int i = 0; i < 5; i++) {
                join(i);
            }
            for (int i = 0; i < 150; i++) {
                cell.stir(rng);
                for (ModelClient client : clients) {
                    client.link.congested = rng.chance(client.link.congested ? 0.6f : 0.03f);
                }
                if (rng.chance(0.05f)) {
                    cell.avatars.values().forEach(avatar -> avatar.x = 32 + 60 * rng.nextInt(2));
                } else if (rng.chance(0.05f)) {
                    cell.avatars.firstEntry().getValue().x = 100;
                }
                snapshot();
            }
            clients.forEach(client -> client.link.congested = false);
            cell.avatars.values().forEach(avatar -> avatar.x = 32);
            for (int i = 0; i < 80; i++) {
                snapshot();
            }
            check();
        }

        private void check() {
            assertThat(bugs).isEmpty();
            assertThat(counts.sums.getOrDefault("frames_shared", 0L)).isPositive();
            assertThat(counts.sums.getOrDefault("frames_alone", 0L)).isPositive();
            for (ModelClient client : clients) {
                assertThat(((ClientSession) client.session).own)
                        .as("the own state of client %s", client.number)
                        .isNull();
                cell.parts.forEach((chunk, parts) -> {
                    for (int p = 0; p < parts.size(); p++) {
                        SliceAddress address = SliceAddress.of(0, 0, 0, chunk, p);
                        assertThat(client.content(address))
                                .as("%s of client %s", address, client.number)
                                .isEqualTo(clients.getFirst().content(address));
                        if (cell.watched.contains(chunk)) {
                            assertThat(client.content(address))
                                    .as("%s", address)
                                    .isEqualTo(parts.get(p).content());
                        }
                    }
                });
            }
        }

        private void join(int number) {
            ModelClient client = new ModelClient(number, gateway, 0);
            gateway.onMessage(
                    client.session,
                    ByteBuffer.wrap(ClientCodec.encode(new Hello(ProtocolVersion.MAJOR, 0, "", "Ada", "", ""))),
                    0);
            gateway.drain(0);
            long id = client.session.id().value();
            gateway.inbox().offer(new Joined(id, cell.id, 1, 1, 1, 0));
            gateway.drain(0);
            ModelAvatar avatar =
                    new ModelAvatar(TestWorld.player(number).verified().character(), 1, cell);
            avatar.session = id;
            avatar.x = 32;
            cell.avatars.put(id, avatar);
            clients.add(client);
        }

        private void snapshot() {
            gateway.inbox().offer(cell.frame(++tick));
            gateway.drain(tick * 50_000_000L);
            clients.forEach(ModelClient::read);
        }
    }
}
