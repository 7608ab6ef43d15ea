package dev.terrane.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.Meters;
import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import dev.terrane.gateway.AdmissionAnswer.Admitted;
import dev.terrane.protocol.client.ClientCodec;
import dev.terrane.protocol.client.ClientMessage.Hello;
import dev.terrane.protocol.client.ProtocolVersion;
import dev.terrane.protocol.client.ServerMessage.ServerSnapshot;
import dev.terrane.protocol.client.SliceAddress;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellOutput.CellUp;
import dev.terrane.protocol.cluster.CellOutput.Joined;
import dev.terrane.protocol.cluster.CellOutput.Layers;
import dev.terrane.protocol.cluster.CellPort;
import dev.terrane.protocol.cluster.SliceAudience;
import dev.terrane.space.ChunkGrid;
import dev.terrane.space.StripPartition;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Squads and teams that change, secrets that come and go, lossy links, restarts, layers that come and go: no byte of a secret goes to a stranger, and its group has it in the end. */
class GroupModelTest {
    private static final int SEED_COUNT = Integer.getInteger("terrane.seeds", 100);
    private static final int GROUP_COUNT = 4;
    private static final StripPartition PLANE = new StripPartition(2, 256, 256);

    @Test
    void noByteOfASecretGoesToAStranger() {
        long told = 0;
        for (long seed = 0; seed < SEED_COUNT; seed++) {
            try {
                told += new Run(seed).play();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + " fails", e);
            }
        }
        assertThat(told).as("secrets that were told at all").isPositive();
    }

    private static final class Run {
        private final Rng rng;
        /** Where all avatars are. */
        private final ModelCell cell = cell(0, 0);

        private final ModelCell neighbour = cell(1, 0);
        /** Another layer of the neighbour's region, while there is one; it may be a new one by an old name. */
        private @Nullable ModelCell layer;

        private final List<RuntimeException> bugs = new ArrayList<>();
        private final List<ModelClient> clients = new ArrayList<>();
        private final Map<Integer, ModelAvatar> avatars = new TreeMap<>();
        private final GatewayAgent gateway;
        private long tick;
        private long toldCount;
        private int incarnations;

        Run(long seed) {
            rng = new Rng(seed);
            CellPort port = (id, epoch, message) -> {
                for (ModelCell asked : cells()) {
                    if (!id.equals(asked.id)) {
                        continue;
                    }
                    if (message instanceof CellInput.Watch watch) {
                        asked.watch(watch.chunks());
                    } else if (message instanceof CellInput.Unwatch unwatch) {
                        asked.unwatch(unwatch.chunks());
                    }
                }
                return Admission.ACCEPTED;
            };
            GatewayPorts ports = new GatewayPorts(
                    port,
                    (request, answerTo) -> answerTo.offer(new Admitted(request.session(), 1, 1, cell.id, 1, 0, 0)),
                    new FailingListener(bugs),
                    Meters.none(),
                    new Rng(seed + 1)::nextLong);
            GatewaySettings defaults = GatewaySettings.defaults();
            GatewaySettings settings = new GatewaySettings(
                    new GatewaySettings.Interest(80, 16, 16_384),
                    new GatewaySettings.Snapshots(rng.chance(0.5f) ? 20 : 500, rng.chance(0.5f) ? 1024 : 16_384, 2),
                    defaults.messages(),
                    defaults.timeouts());
            gateway = new GatewayAgent(
                    new GatewaySpec(0, "0.1", settings, List.of(TestWorld.of(PLANE)), new byte[32]),
                    ports,
                    new GatewayInbox(64, () -> {}));
        }

        private ModelCell cell(int strip, int layer) {
            return new ModelCell(
                    new CellId(TestWorld.ID, new RegionId(strip, 0), layer),
                    new ChunkGrid(PLANE.bounds(new RegionId(strip, 0)), TestWorld.CHUNK_METRES),
                    ++incarnations);
        }

        private List<ModelCell> cells() {
            return layer == null ? List.of(cell, neighbour) : List.of(cell, neighbour, layer);
        }

        /** The numbers of its slices are another's at once: those of the layer that comes with its going, or of more parts of the others. */
        private void exchangeLayer() {
            int before = layer == null ? 0 : layer.id.layer();
            layer = rng.chance(0.3f) ? null : cell(1, 1 + rng.nextInt(2));
            if (layer != null) {
                for (int i = rng.nextInt(40); i > 0; i--) {
                    layer.addSecret(rng.nextInt(layer.grid.chunkCount()), audience());
                }
            }
            int[] layers = layer == null ? new int[] {0} : new int[] {0, layer.id.layer()};
            if (layer != null && layer.id.layer() == before) {
                gateway.inbox().offer(new Layers(TestWorld.ID, neighbour.id.region(), new int[] {0}));
            }
            gateway.inbox().offer(new Layers(TestWorld.ID, neighbour.id.region(), layers));
            gateway.drain(tick * 50_000_000L);
        }

        long play() {
            for (int i = 0; i < 5; i++) {
                join(i);
            }
            for (int i = 0; i < 150; i++) {
                stir();
                snapshot();
            }
            clients.forEach(client -> client.link.congested = false);
            for (int i = 0; i < 80; i++) {
                snapshot();
            }
            assertThat(bugs).isEmpty();
            clients.forEach(this::check);
            return toldCount;
        }

        private void stir() {
            for (ModelCell each : cells()) {
                each.stir(rng);
                for (int i = rng.nextInt(3); i > 0; i--) {
                    each.addSecret(rng.nextInt(each.grid.chunkCount()), audience());
                }
                each.parts.values().forEach(all -> all.forEach(this::stirSecrets));
            }
            for (ModelClient client : clients) {
                client.link.congested = rng.chance(client.link.congested ? 0.6f : 0.03f);
            }
            for (ModelAvatar avatar : avatars.values()) {
                if (rng.chance(0.05f)) {
                    avatar.squad = rng.nextInt(GROUP_COUNT);
                    avatar.team = rng.nextInt(GROUP_COUNT);
                }
                avatar.x = rng.chance(0.04f) ? rng.nextFloat(-128, 128) : avatar.x;
            }
            if (rng.chance(0.01f)) {
                restart();
            }
            if (rng.chance(0.1f)) {
                exchangeLayer();
            }
            if (rng.chance(0.02f)) {
                neighbour.restart();
                gateway.inbox().offer(new CellUp(neighbour.id, neighbour.epoch));
            }
        }

        private void stirSecrets(ModelPart part) {
            if (part.audience == SliceAudience.EVERYBODY) {
                return;
            }
            if (rng.chance(0.1f)) {
                part.now.clear();
            }
            part.now.replaceAll((slot, entity) -> rng.chance(0.3f)
                    ? new ModelEntity(entity.id(), 0, entity.place() + 1, entity.count(), entity.name())
                    : entity);
        }

        private void restart() {
            Map<Long, ModelAvatar> driven = new TreeMap<>(cell.avatars);
            cell.restart();
            gateway.inbox().offer(new CellUp(cell.id, cell.epoch));
            gateway.drain(tick * 50_000_000L);
            driven.forEach((session, avatar) -> {
                gateway.inbox()
                        .offer(new Joined(
                                session, cell.id, cell.epoch, avatar.entity, ++avatar.ownership, avatar.acked));
                cell.avatars.put(session, avatar);
            });
            gateway.drain(tick * 50_000_000L);
        }

        private long audience() {
            int group = 1 + rng.nextInt(GROUP_COUNT - 1);
            return switch (rng.nextInt(3)) {
                case 0 -> SliceAudience.squad(group);
                case 1 -> SliceAudience.team(group);
                default -> SliceAudience.driverOf(1 + rng.nextInt(5));
            };
        }

        private boolean mayKnow(ModelClient client, long audience) {
            ModelAvatar avatar = avatar(client);
            return SliceAudience.includes(audience, avatar.entity, avatar.squad, avatar.team);
        }

        private ModelAvatar avatar(ModelClient client) {
            ModelAvatar avatar = avatars.get(client.number);
            if (avatar == null) {
                throw new AssertionError("client " + client.number + " has no avatar");
            }
            return avatar;
        }

        private void snapshot() {
            gateway.inbox().offer(neighbour.frame(++tick));
            if (layer != null) {
                gateway.inbox().offer(layer.frame(tick));
            }
            if (!rng.chance(0.1f)) { // else it is late
                gateway.inbox().offer(cell.frame(tick));
            }
            gateway.drain(tick * 50_000_000L);
            for (ModelClient client : clients) {
                client.link.snapshots().forEach(snapshot -> searchForSecrets(client, snapshot));
                client.read();
            }
        }

        private void searchForSecrets(ModelClient client, ServerSnapshot snapshot) {
            String bytes = new String(
                    snapshot.bytes(), snapshot.payloadOffset(), snapshot.payloadLength(), StandardCharsets.ISO_8859_1);
            for (int at = bytes.indexOf("secret "); at >= 0; at = bytes.indexOf("secret ", at + 1)) {
                long audience = Long.parseUnsignedLong(bytes.substring(at + 7, bytes.indexOf(';', at)), 16);
                assertThat(mayKnow(client, audience))
                        .as("client %s may know %s", client.number, Long.toHexString(audience))
                        .isTrue();
                toldCount++;
            }
        }

        private void check(ModelClient client) {
            assertThat(client.held())
                    .as("layers that are gone are forgotten")
                    .allMatch(address -> cells().stream()
                            .anyMatch(each ->
                                    each.id.region().a() == address.regionA() && each.id.layer() == address.layer()));
            Viewpoint viewpoint = ((ClientSession) client.session).viewpoint;
            assertThat(viewpoint).isNotNull();
            for (ModelCell each : cells()) {
                each.parts.forEach((chunk, parts) -> {
                    boolean inView = viewpoint != null
                            && List.of(viewpoint.chunks()).stream()
                                    .anyMatch(seen -> seen.cell.id.equals(each.id) && seen.index == chunk);
                    for (int p = 0; p < parts.size(); p++) {
                        ModelPart part = parts.get(p);
                        SliceAddress address = SliceAddress.of(each.id.region().a(), 0, each.id.layer(), chunk, p);
                        boolean told = inView && mayKnow(client, part.audience);
                        assertThat(client.content(address))
                                .as("%s of client %s", address, client.number)
                                .isEqualTo(told ? part.content() : Map.of());
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
            ModelAvatar avatar =
                    new ModelAvatar(TestWorld.player(number).verified().character(), number + 1, cell);
            gateway.inbox().offer(new Joined(id, cell.id, 1, avatar.entity, 1, 0));
            gateway.drain(0);
            avatar.session = id;
            cell.avatars.put(id, avatar);
            avatars.put(number, avatar);
            clients.add(client);
        }
    }
}
