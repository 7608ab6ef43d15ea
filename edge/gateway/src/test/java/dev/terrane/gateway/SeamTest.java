package dev.terrane.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.Meters;
import dev.terrane.base.Rng;
import dev.terrane.gateway.AdmissionAnswer.Admitted;
import dev.terrane.protocol.client.ClientCodec;
import dev.terrane.protocol.client.ClientMessage.Hello;
import dev.terrane.protocol.client.ProtocolVersion;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellFrame;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellOutput.CellUp;
import dev.terrane.protocol.cluster.CellOutput.Joined;
import dev.terrane.protocol.cluster.CellPort;
import dev.terrane.space.ChunkGrid;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who stands at a border sees both of its sides, and both as of the same tick. */
class SeamTest {
    private static final WorldView WORLD = TestWorld.strips(2);

    private final ModelCell west = cell(0);
    private final ModelCell east = cell(1);
    private final FakeLink link = new FakeLink();
    private final Follower follower = new Follower(link);
    private final GatewayAgent gateway = gateway();
    /** The chunk of the east right beyond the avatar's own. */
    private final int beyond = east.grid.chunkAt(-120, 10);

    private long tick;

    @BeforeEach
    void standAtTheBorder() {
        east.parts.put(beyond, new ArrayList<>(List.of(new ModelPart())));
        part().now.put(0, new ModelEntity(7, 1, 0, 0, "neighbour"));
        Session session = gateway.open(link, TestWorld.player(0), 0);
        gateway.onMessage(
                session,
                ByteBuffer.wrap(ClientCodec.encode(new Hello(ProtocolVersion.MAJOR, 0, "", "Ada", "", ""))),
                0);
        gateway.drain(0);
        gateway.inbox().offer(new Joined(session.id().value(), west.id, 1, 1, 1, 0));
        gateway.drain(0);
        ModelAvatar avatar = new ModelAvatar(TestWorld.player(0).verified().character(), 1, west);
        avatar.session = session.id().value();
        avatar.x = 120;
        avatar.y = 10;
        west.avatars.put(avatar.session, avatar);
        for (int i = 0; i < 3; i++) {
            snapshot(west, east);
        }
    }

    @Test
    void seesTheOtherSideAsOfItsOwnTickWhicheverCellSpeaksFirst() {
        for (int i = 0; i < 4; i++) {
            change();
            snapshot(i % 2 == 0 ? west : east, i % 2 == 0 ? east : west);
            assertThat(follower.told().getLast()).contains("DELTA " + beyond + ".0 age 0");
        }
    }

    @Test
    void isNotShownALaterTickAsAnEarlierOneWhenFramesHaveWaited() {
        int before = follower.told().size();
        for (int i = 0; i < 2; i++) {
            change();
            tick++;
            gateway.inbox().offer(west.frame(tick));
            gateway.inbox().offer(east.frame(tick));
        }
        gateway.drain(tick * 50_000_000L);
        assertThat(follower.told().subList(before, before + 2))
                .allSatisfy(told -> assertThat(told).contains("DELTA " + beyond + ".0 age 0"));
    }

    @Test
    void losesNothingOfWhatComesBetweenFramesThatAreTakenTogether() {
        change();
        tick++;
        gateway.inbox().offer(west.frame(tick));
        long epoch = ++east.epoch;
        gateway.inbox().offer(new CellUp(east.id, epoch));
        part().opened = false;
        gateway.inbox().offer(east.frame(tick));
        gateway.drain(tick * 50_000_000L);
        change();
        snapshot(west, east);
        assertThat(follower.told().getLast()).anyMatch(slice -> slice.contains(" " + beyond + ".0 age 0"));
    }

    /** As when the gateway wakes in the midst of a round. */
    @Test
    void isNotShownALaterTickAsAnEarlierOneWhenItHeardHalfOfARound() {
        change();
        tick++;
        gateway.inbox().offer(west.frame(tick));
        gateway.drain(tick * 50_000_000L);
        gateway.inbox().offer(east.frame(tick));
        change();
        snapshot(west, east);
        assertThat(follower.told().getLast()).contains("DELTA " + beyond + ".0 age 0");
    }

    @Test
    void isShownNothingThatACellSaidBeforeItBeganAnew() {
        change();
        tick++;
        CellFrame old = east.frame(tick);
        gateway.inbox().offer(new CellUp(east.id, east.epoch + 1));
        gateway.inbox().offer(old);
        gateway.inbox().offer(west.frame(tick));
        gateway.drain(tick * 50_000_000L);
        assertThat(follower.told().getLast()).noneMatch(slice -> slice.contains(" " + beyond + ".0 "));
    }

    private ModelPart part() {
        return Objects.requireNonNull(east.parts.get(beyond)).getFirst();
    }

    private void change() {
        part().now
                .replaceAll((slot, entity) -> new ModelEntity(
                        entity.id(), entity.ownership(), entity.place() + 1, entity.count(), entity.name()));
    }

    private void snapshot(ModelCell first, ModelCell second) {
        tick++;
        gateway.inbox().offer(first.frame(tick));
        gateway.inbox().offer(second.frame(tick));
        gateway.drain(tick * 50_000_000L);
    }

    private static ModelCell cell(int strip) {
        ChunkGrid grid =
                new ChunkGrid(WORLD.partition().bounds(TestWorld.cell(strip).region()), TestWorld.CHUNK_METRES);
        return new ModelCell(TestWorld.cell(strip), grid, 1 + strip);
    }

    private GatewayAgent gateway() {
        Map<CellId, ModelCell> cells = Map.of(west.id, west, east.id, east);
        CellPort port = (id, epoch, message) -> {
            if (message instanceof CellInput.Watch watch) {
                Objects.requireNonNull(cells.get(id)).watch(watch.chunks());
            }
            return Admission.ACCEPTED;
        };
        GatewayPorts ports = new GatewayPorts(
                port,
                (request, answerTo) -> answerTo.offer(new Admitted(request.session(), 1, 1, west.id, 1, 0, 0)),
                GatewayListener.none(),
                Meters.none(),
                new Rng(3)::nextLong,
                SharedBytes.Maker.plain());
        return new GatewayAgent(
                new GatewaySpec(0, "0.1", GatewaySettings.defaults(), List.of(WORLD), new byte[32]),
                ports,
                new GatewayInbox(64, () -> {}));
    }
}
