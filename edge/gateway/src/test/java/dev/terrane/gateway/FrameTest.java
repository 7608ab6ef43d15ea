package dev.terrane.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.terrane.base.Meters;
import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import dev.terrane.gateway.AdmissionAnswer.Admitted;
import dev.terrane.protocol.client.ClientCodec;
import dev.terrane.protocol.client.ClientMessage.Hello;
import dev.terrane.protocol.client.ErrorCode;
import dev.terrane.protocol.client.ProtocolVersion;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellFrame;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellOutput.Joined;
import dev.terrane.protocol.cluster.CellPort;
import dev.terrane.space.ChunkGrid;
import dev.terrane.space.SinglePartition;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is in a frame, with one real cell's worth of slices around an avatar that stands still. */
class FrameTest {
    private static final int MIDDLE = 5; // of 4 x 4 chunks, the one left and above the middle
    private static final SinglePartition PLANE = new SinglePartition(256, 256);

    private final ModelCell cell = new ModelCell(
            TestWorld.cell(0), new ChunkGrid(PLANE.bounds(new RegionId(0, 0)), TestWorld.CHUNK_METRES), 1);
    private final List<FakeLink> links = new ArrayList<>();
    private final Map<FakeLink, Follower> followers = new IdentityHashMap<>();
    private GatewayAgent gateway = gateway(GatewaySettings.defaults());
    private long tick;
    private long nextEntity = 1;

    private GatewayAgent gateway(GatewaySettings settings) {
        return gateway(settings, SharedBytes.Maker.plain());
    }

    private GatewayAgent gateway(GatewaySettings settings, SharedBytes.Maker bodies) {
        CellPort port = (id, epoch, message) -> {
            if (message instanceof CellInput.Watch watch) {
                cell.watch(watch.chunks());
            }
            return Admission.ACCEPTED;
        };
        GatewayPorts ports = new GatewayPorts(
                port,
                (request, answerTo) -> answerTo.offer(new Admitted(request.session(), 1, 1, cell.id, 1, 0, 0)),
                GatewayListener.none(),
                Meters.none(),
                new Rng(3)::nextLong,
                bodies);
        return new GatewayAgent(
                new GatewaySpec(0, "0.1", settings, List.of(TestWorld.of(PLANE)), new byte[32]),
                ports,
                new GatewayInbox(64, () -> {}));
    }

    private FakeLink join() {
        FakeLink link = new FakeLink();
        joinWith(link);
        links.add(link);
        return link;
    }

    /** In the last chunk, at a corner of the region. */
    private FakeLink joinElsewhere() {
        Set<Long> others = Set.copyOf(cell.avatars.keySet());
        FakeLink link = join();
        cell.avatars.forEach((session, avatar) -> {
            if (!others.contains(session)) {
                avatar.x = 100;
                avatar.y = 100;
            }
        });
        return link;
    }

    private void joinWith(ClientLink link) {
        int number = cell.avatars.size();
        Session session = gateway.open(link, TestWorld.player(number), 0);
        gateway.onMessage(
                session,
                ByteBuffer.wrap(ClientCodec.encode(new Hello(ProtocolVersion.MAJOR, 0, "", "Ada", "", ""))),
                0);
        gateway.drain(0);
        gateway.inbox().offer(new Joined(session.id().value(), cell.id, 1, 1, 1, 0));
        gateway.drain(0);
        ModelAvatar avatar = new ModelAvatar(TestWorld.player(number).verified().character(), 1, cell);
        avatar.session = session.id().value();
        cell.avatars.put(avatar.session, avatar);
    }

    private ModelPart part(int chunk, int part) {
        List<ModelPart> parts = cell.parts.computeIfAbsent(chunk, _ -> new ArrayList<>());
        while (parts.size() <= part) {
            parts.add(new ModelPart());
        }
        return parts.get(part);
    }

    private void spawn(int chunk, int count) {
        for (int i = 0; i < count; i++) {
            long id = nextEntity++;
            part(chunk, i / ModelPart.SLOT_COUNT)
                    .now
                    .put(i % ModelPart.SLOT_COUNT, new ModelEntity(id, 1, 0, 0, "entity number " + id));
        }
    }

    private void change(int chunk) {
        Objects.requireNonNull(cell.parts.get(chunk))
                .forEach(part -> part.now.replaceAll((slot, entity) -> new ModelEntity(
                        entity.id(), entity.ownership(), entity.place() + 1, entity.count(), entity.name())));
    }

    private void changeNames(int chunk) {
        Objects.requireNonNull(cell.parts.get(chunk))
                .forEach(part -> part.now.replaceAll((slot, entity) -> new ModelEntity(
                        entity.id(), entity.ownership(), entity.place(), entity.count(), "tick " + tick + " renames")));
    }

    private void snapshot() {
        gateway.inbox().offer(cell.frame(++tick));
        gateway.drain(tick * 50_000_000L);
    }

    private List<List<String>> told(FakeLink link) {
        return followers.computeIfAbsent(link, Follower::new).told();
    }

    private List<String> last(FakeLink link) {
        return told(link).getLast();
    }

    @Test
    void startsWithNothingAndThenFollowsByDeltas() {
        spawn(MIDDLE, 2);
        FakeLink link = join();
        snapshot();
        assertThat(link.snapshots().getLast().keyframe()).isTrue();
        snapshot();
        assertThat(last(link)).hasSize(16).contains("KEYFRAME 5.0 age 0");
        snapshot();
        assertThat(last(link)).isEmpty();
        change(MIDDLE);
        snapshot();
        assertThat(last(link)).containsExactly("DELTA 5.0 age 0");
        assertThat(link.snapshots().getLast().keyframe()).isFalse();
    }

    @Test
    void catchesUpByOneDeltaOfUpToEightAndByKeyframeBeyond() {
        spawn(MIDDLE, 2);
        FakeLink link = join();
        snapshot();
        snapshot();
        missed(link, 3);
        assertThat(last(link)).containsExactly("DELTA 5.0 age 0");
        missed(link, 7);
        assertThat(last(link)).containsExactly("DELTA 5.0 age 0");
        missed(link, 8);
        assertThat(last(link)).containsExactly("KEYFRAME 5.0 age 0");
    }

    @Test
    void catchesUpDeltaByDeltaWhenSomebodyEnteredMeanwhile() {
        spawn(MIDDLE, 2);
        FakeLink link = join();
        snapshot();
        snapshot();
        link.congested = true;
        change(MIDDLE);
        snapshot();
        part(MIDDLE, 0).now.put(2, new ModelEntity(77, 1, 0, 0, "late"));
        snapshot();
        link.congested = false;
        change(MIDDLE);
        snapshot();
        assertThat(last(link)).containsExactly("DELTA 5.0 age 2", "DELTA 5.0 age 1", "DELTA 5.0 age 0");
    }

    private void missed(FakeLink link, int count) {
        link.congested = true;
        for (int i = 0; i < count; i++) {
            change(MIDDLE);
            snapshot();
        }
        link.congested = false;
        change(MIDDLE);
        snapshot();
    }

    @Test
    void sendsNearestFirstAndServesTheRestInTurnWithinTheLimits() {
        gateway = gateway(settings(500, 1024, 60));
        for (int chunk = 0; chunk < 16; chunk++) {
            spawn(chunk, 2 * ModelPart.SLOT_COUNT);
        }
        FakeLink link = join();
        for (int i = 0; i < 40; i++) {
            for (int chunk = 0; chunk < 16; chunk++) {
                change(chunk);
            }
            snapshot();
            assertThat(link.snapshots().getLast().payloadLength()).isLessThanOrEqualTo(1024);
        }
        List<String> all = told(link).stream().flatMap(List::stream).toList();
        for (int chunk = 0; chunk < 16; chunk++) {
            for (int p = 0; p < 2; p++) {
                String slice = " " + chunk + "." + p + " ";
                assertThat(all).as("slice%s", slice).anyMatch(record -> record.contains(slice));
            }
        }
        long near = all.stream().filter(record -> record.contains(" 5.")).count();
        long far = all.stream().filter(record -> record.contains(" 15.")).count();
        assertThat(near).isGreaterThan(far);
    }

    @Test
    void sendsSliceThatIsLargerThanTheLimitAloneInsteadOfNever() {
        gateway = gateway(settings(2, 16_384, 60));
        spawn(MIDDLE, ModelPart.SLOT_COUNT);
        FakeLink link = join();
        for (int i = 0; i < 4; i++) {
            snapshot();
        }
        assertThat(told(link).stream().flatMap(List::stream)).contains("KEYFRAME 5.0 age 0");
    }

    @Test
    void sendsEverySliceWholeOncePerIntervalOneAfterAnother() {
        gateway = gateway(settings(500, 16_384, 1));
        spawn(MIDDLE, 2);
        FakeLink link = join();
        join();
        for (int i = 0; i < 5; i++) {
            snapshot();
        }
        int[] whole = new int[16];
        for (int i = 0; i < 40; i++) {
            snapshot();
            assertThat(last(link)).hasSizeLessThanOrEqualTo(1);
            last(link).forEach(record -> whole[Integer.parseInt(record.split("[ .]")[1])]++);
            assertThat(link.snapshots().getLast().keyframe()).isFalse();
        }
        assertThat(whole).containsOnly(2);
    }

    @Test
    void buildsOnceWhatEverybodyInOneChunkIsSent() {
        spawn(MIDDLE, 6);
        for (int chunk = 0; chunk < 16; chunk++) {
            spawn(chunk, 6);
        }
        for (int i = 0; i < 5; i++) {
            join();
        }
        for (int i = 0; i < 6; i++) {
            snapshot();
        }
        links.forEach(link -> link.sharedCount = 0);
        for (int i = 0; i < 20; i++) {
            for (int chunk = 0; chunk < 16; chunk++) {
                changeNames(chunk);
            }
            snapshot();
        }
        assertThat(links).allSatisfy(link -> {
            assertThat(link.sharedCount).isEqualTo(20);
            assertThat(last(link)).isEqualTo(last(links.getFirst())).isNotEmpty();
        });
    }

    @Test
    void sendsFarRingsHalfAsOften() {
        gateway = gateway(rings(60));
        for (int chunk = 0; chunk < 16; chunk++) {
            spawn(chunk, 1);
        }
        FakeLink link = join();
        for (int i = 0; i < 6; i++) {
            snapshot();
        }
        int near = 0;
        int far = 0;
        for (int i = 0; i < 8; i++) {
            change(10);
            change(0);
            snapshot();
            near += (int) last(link).stream()
                    .filter(record -> record.contains(" 10.0"))
                    .count();
            far += (int) last(link).stream()
                    .filter(record -> record.contains(" 0.0"))
                    .count();
        }
        assertThat(near).isEqualTo(8);
        assertThat(far).isEqualTo(4);
    }

    @Test
    void aMistakeWithWhatACompanyGetsCostsThatCompanyAlone() {
        gateway = gateway(GatewaySettings.defaults(), _ -> {
            throw new IllegalStateException("no memory for what many links send");
        });
        for (int chunk = 0; chunk < 16; chunk++) {
            spawn(chunk, ModelPart.SLOT_COUNT);
        }
        List<FakeLink> together = List.of(join(), join(), join());
        FakeLink elsewhere = joinElsewhere();
        for (int i = 0; i < 8; i++) {
            for (int chunk = 0; chunk < 16; chunk++) {
                changeNames(chunk);
            }
            snapshot();
        }
        assertThat(together).allSatisfy(link -> assertThat(link.closeCode).isEqualTo(ErrorCode.INTERNAL.closeCode()));
        assertThat(elsewhere.closeCode).isZero();
        assertThat(last(elsewhere)).isNotEmpty();
    }

    @Test
    void everySliceIsAsFreshAsItsRingAllowsWithinTheLimitsAndWaitsItsTurnBeyondThem() {
        for (int entities : new int[] {500, 40, 12}) {
            cell.parts.clear();
            cell.avatars.clear();
            followers.clear();
            gateway = gateway(new GatewaySettings(
                    GatewaySettings.defaults().interest(),
                    GatewaySettings.Rings.ofEqualWidth(3),
                    new GatewaySettings.Snapshots(entities, 16_384, 600),
                    GatewaySettings.defaults().messages(),
                    GatewaySettings.defaults().timeouts()));
            for (int chunk = 0; chunk < 16; chunk++) {
                spawn(chunk, 2 * ModelPart.SLOT_COUNT);
            }
            FakeLink link = join();
            long oldest = 0;
            for (int i = 0; i < 150; i++) {
                for (int chunk = 0; chunk < 16; chunk++) {
                    change(chunk);
                }
                snapshot();
                if (i >= 50) {
                    Follower follower = followers.computeIfAbsent(link, Follower::new);
                    oldest = Math.max(oldest, tick - follower.oldestTick());
                }
            }
            // 32 slices in view, in rings that are sent every, every second and every fourth snapshot
            int waiting = entities == 500 ? 0 : 32;
            assertThat(oldest).as("with %d entities", entities).isBetween(1L, 3L + waiting);
        }
    }

    @Test
    void sendsFarSliceWithSomebodyImportantEverySnapshot() {
        gateway = gateway(rings(60));
        for (int chunk = 0; chunk < 16; chunk++) {
            spawn(chunk, 1);
        }
        FakeLink link = join();
        for (int i = 0; i < 6; i++) {
            snapshot();
        }
        cell.highlights = new long[] {1}; // the entity of chunk 0
        for (int i = 0; i < 8; i++) {
            change(0);
            snapshot();
            assertThat(last(link)).containsExactly("DELTA 0.0 age 0");
        }
    }

    @Test
    void sharesOneKeyframeBodyAmongSessions() {
        spawn(MIDDLE, 2);
        for (int i = 0; i < 3; i++) {
            join();
        }
        snapshot();
        snapshot();
        assertThat(links).allSatisfy(link -> assertThat(last(link)).hasSize(16).contains("KEYFRAME 5.0 age 0"));
    }

    @Test
    void allocatesNothingPerFrame() {
        for (int chunk = 0; chunk < 16; chunk++) {
            spawn(chunk, 4);
        }
        for (int i = 0; i < 50; i++) {
            joinWith(new ReusedLink());
        }
        List<CellFrame> frames = new ArrayList<>();
        snapshot();
        snapshot();
        for (int i = 0; i < 300; i++) {
            for (int chunk = 0; chunk < 16; chunk++) {
                change(chunk);
            }
            frames.add(cell.frame(++tick));
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        play(frames.subList(0, 200));
        long before = threads.getCurrentThreadAllocatedBytes();
        play(frames.subList(200, 300));
        long perFrame = (threads.getCurrentThreadAllocatedBytes() - before) / (100 * 50);
        // What remains is the text of names in shared keyframes.
        assertThat(perFrame).as("bytes allocated per frame").isLessThan(64);
    }

    private void play(List<CellFrame> frames) {
        for (CellFrame frame : frames) {
            gateway.inbox().offer(frame);
            gateway.drain(frame.tick() * 50_000_000L);
        }
    }

    private static GatewaySettings settings(int entities, int bytes, int keyframeSeconds) {
        GatewaySettings defaults = GatewaySettings.defaults();
        return new GatewaySettings(
                defaults.interest(),
                new GatewaySettings.Snapshots(entities, bytes, keyframeSeconds),
                defaults.messages(),
                defaults.timeouts());
    }

    /** Ring 0 is the chunk and its neighbours. */
    private static GatewaySettings rings(int keyframeSeconds) {
        GatewaySettings defaults = settings(500, 16_384, keyframeSeconds);
        return new GatewaySettings(
                defaults.interest(),
                new GatewaySettings.Rings(List.of(0.1, 1.0)),
                defaults.snapshots(),
                defaults.messages(),
                defaults.timeouts());
    }

    /** Forgets what it is given. */
    private static final class ReusedLink implements ClientLink {
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(65_536).order(ByteOrder.LITTLE_ENDIAN);

        @Override
        public ByteBuffer claim(int bytesMax) {
            return buffer.clear();
        }

        @Override
        public void commit(int lengthBytes) {}

        @Override
        public void commit(int headBytes, SharedBytes body) {}

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
        public void close(int code, String reason) {}
    }
}
