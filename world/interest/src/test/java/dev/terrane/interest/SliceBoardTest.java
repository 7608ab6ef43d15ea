package dev.terrane.interest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.bytes.ByteReader;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Schema;
import dev.terrane.interest.Things.Craft;
import dev.terrane.interest.Things.Flag;
import dev.terrane.interest.Things.Mind;
import dev.terrane.interest.Things.Ping;
import dev.terrane.plugin.kit.Heading;
import dev.terrane.plugin.kit.Identity;
import dev.terrane.plugin.kit.Nameplate;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;
import dev.terrane.protocol.client.EventValues;
import dev.terrane.protocol.client.SelfValues;
import dev.terrane.protocol.client.WireLayout;
import dev.terrane.protocol.cluster.CellFrame;
import dev.terrane.space.Bounds;
import dev.terrane.space.ChunkGrid;
import org.junit.jupiter.api.Test;

class SliceBoardTest {
    private static final int GATEWAY = 3;

    private final Schema schema = Things.schema();
    private final EntityStore store = new EntityStore(schema);
    private final ChunkGrid grid = new ChunkGrid(new Bounds(-128, -128, 128, 128), 64);
    private final SliceBoard board = new SliceBoard(store, Things.events(), grid);
    private final WireLayout layout = new WireLayout(WireSchemas.of(schema, Things.events()));
    private final Mirror mirror = new Mirror(layout);
    private final AvatarList avatars = new AvatarList();
    private long tick;

    private long spawn(long id, float x, float y) {
        return store.spawn(new Identity(id, 1, 0), new Position(x, y, 0), new Heading(0), new Nameplate("n" + id));
    }

    private void watch(int... chunks) {
        for (int chunk : chunks) {
            mirror.watched.add(chunk);
        }
        board.watch(GATEWAY, chunks);
    }

    private CellFrame snapshot() {
        store.flush();
        board.collect(++tick);
        CellFrame frame = board.frame(GATEWAY, Things.header(tick), avatars);
        mirror.apply(frame);
        return frame;
    }

    private void move(long entity, float x, float y) {
        store.set(entity, schema.type(Position.class), new Position(x, y, 0));
    }

    private int chunk(float x, float y) {
        return grid.chunkAt(x, y);
    }

    @Test
    void saysFullSlicesAfterAWatchAndThenOnlyWhatChanges() {
        long ship = spawn(7, 1, 1);
        watch(chunk(1, 1));
        assertThat(snapshot().baseSeq()).containsExactly(-1);
        assertThat(mirror.seen()).containsOnlyKeys(7L);
        assertThat(snapshot().sliceCount()).as("nothing changed").isZero();
        move(ship, 2, 1);
        CellFrame delta = snapshot();
        assertThat(delta.baseSeq()[0]).isNotEqualTo(-1);
        assertThat(mirror.heard).containsExactly("changed 7 1");
        assertThat(delta.length()[0])
                .as("parts, mask, 2 bytes of x: it is all there is")
                .isEqualTo(4);
    }

    @Test
    void saysNothingOfAChangeBelowTheGrid() {
        long ship = spawn(7, 1, 1);
        watch(chunk(1, 1));
        snapshot();
        move(ship, 1.001f, 1);
        assertThat(snapshot().sliceCount()).isZero();
    }

    @Test
    void saysNothingOfUnwatchedChunks() {
        long ship = spawn(7, 1, 1);
        assertThat(snapshot().sliceCount()).isZero();
        watch(chunk(-100, -100));
        assertThat(snapshot().length()).as("an empty keyframe").containsExactly(1);
        move(ship, 5, 5);
        store.despawn(spawn(8, 2, 2));
        assertThat(snapshot().sliceCount()).isZero();
        board.unwatch(GATEWAY, new int[] {chunk(-100, -100)});
        move(ship, -100, -100);
        assertThat(snapshot().sliceCount()).isZero();
        assertThat(board.watches(GATEWAY)).isFalse();
    }

    @Test
    void tellsMovingFromHandingOverAndFromDespawning() {
        long mover = spawn(7, 1, 1);
        long leaver = spawn(8, 1, 1);
        long dying = spawn(9, 1, 1);
        watch(chunk(1, 1), chunk(100, 1));
        snapshot();
        move(mover, 100, 1);
        board.departed(leaver);
        store.despawn(leaver);
        store.despawn(dying);
        snapshot();
        assertThat(mirror.heard)
                .containsExactlyInAnyOrder("left 7 MOVED", "entered 7", "left 8 HANDED", "left 9 DESPAWNED");
        assertThat(mirror.find(7).chunk()).isEqualTo(chunk(100, 1));
    }

    @Test
    void hidesAnEntityThatIsNowhere() {
        long ship = spawn(7, 1, 1);
        watch(chunk(1, 1));
        snapshot();
        store.detach(ship, Position.class);
        snapshot();
        assertThat(mirror.heard).containsExactly("left 7 HIDDEN");
        store.attach(ship, new Position(2, 2, 2));
        snapshot();
        assertThat(mirror.heard).containsExactly("entered 7");
    }

    @Test
    void entersAgainWithOtherComponentsButNotForThoseOnTheServerOnly() {
        long ship = spawn(7, 1, 1);
        watch(chunk(1, 1));
        snapshot();
        store.attach(ship, new Mind(3));
        move(ship, 2, 1);
        snapshot();
        assertThat(mirror.heard).containsExactly("changed 7 1");
        store.attach(ship, new Flag(4));
        snapshot();
        assertThat(mirror.heard).containsExactly("left 7 MOVED", "entered 7");
        assertThat(mirror.find(7).state().bits(mirror.find(7).slot(), 5)).isEqualTo(4);
    }

    @Test
    void splitsAnOverfullChunkIntoParts() {
        for (int i = 1; i <= 300; i++) {
            spawn(i, 1, 1);
        }
        watch(chunk(1, 1));
        CellFrame frame = snapshot();
        assertThat(frame.part()).containsExactly(0, 1, 2);
        assertThat(frame.entityCount()).containsExactly(128, 128, 44);
        assertThat(mirror.seen()).hasSize(300);
        for (int i = 301; i <= 400; i++) {
            spawn(i, 1, 1);
        }
        assertThat(snapshot().baseSeq())
                .as("part 2 grows, part 3 is new")
                .hasSize(2)
                .contains(-1);
        assertThat(mirror.seen()).hasSize(400);
    }

    @Test
    void givesPlacesOfTheGoneToNewcomers() {
        long first = spawn(1, 1, 1);
        spawn(2, 1, 1);
        watch(chunk(1, 1));
        snapshot();
        store.despawn(first);
        spawn(3, 2, 2);
        snapshot();
        assertThat(mirror.find(3).slot()).isZero();
    }

    @Test
    void sendsFullSlicesAgainToWhoeverAsksAgainAndDeltasToTheOthers() {
        long ship = spawn(7, 1, 1);
        int[] here = {chunk(1, 1)};
        watch(here);
        board.watch(5, here);
        CellFrame before = snapshot();
        board.frame(5, Things.header(tick), avatars);
        board.watch(5, here);
        move(ship, 2, 2);
        assertThat(snapshot().baseSeq()[0]).isPositive();
        CellFrame again = board.frame(5, Things.header(tick), avatars);
        assertThat(again.baseSeq()).containsExactly(-1);
        assertThat(again.seq()).containsExactly(before.seq()[0] + 1);
    }

    @Test
    void continuesTheVersionsOfAChunkThatIsWatchedAgain() {
        long ship = spawn(7, 1, 1);
        int[] here = {chunk(1, 1)};
        watch(here);
        int before = snapshot().seq()[0];
        board.forgetGateway(GATEWAY);
        move(ship, 3, 3);
        snapshot();
        watch(here);
        assertThat(snapshot().seq()[0]).isGreaterThan(before);
        assertThat(mirror.find(7).state().floatValue(0, 0)).isEqualTo(3f);
    }

    @Test
    void ignoresChunksOutsideTheGrid() {
        watch(-1, 16, 0);
        assertThat(snapshot().chunk()).containsExactly(0);
    }

    @Test
    void tellsEventsToWatchersOfThePlaceOnly() {
        watch(chunk(1, 1));
        snapshot();
        board.emit(new Ping(5), 1, 1);
        board.emit(new Ping(6), 100, 100);
        snapshot();
        assertThat(mirror.heard).containsExactly("event test.ping 5");
        assertThat(snapshot().sliceCount()).as("said once").isZero();
    }

    @Test
    void dropsEventsBeyondTheLimitOfASlice() {
        watch(chunk(1, 1));
        snapshot();
        for (int i = 0; i < SliceBoard.SLICE_EVENT_BYTES_MAX; i++) {
            board.emit(new Ping(5), 1, 1);
        }
        snapshot();
        assertThat(mirror.heard).hasSize(SliceBoard.SLICE_EVENT_BYTES_MAX / 2);
        assertThat(board.droppedEventCount()).isEqualTo(SliceBoard.SLICE_EVENT_BYTES_MAX / 2);
    }

    @Test
    void refusesAnEventThatWasNotDeclared() {
        watch(chunk(1, 1));
        snapshot();
        assertThatThrownBy(() -> board.emit(new Flag(1), 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Flag");
    }

    @Test
    void givesTheDriverItsAvatarExactlyWithOwnerOnlyFields() {
        long ship = store.spawn(
                new Identity(7, 4, 0),
                new Position(1.001f, 1, 0),
                new Velocity(3.3f, 4.4f),
                new Craft(1, 2, true, 5.5f, 6.6f, 77, 8));
        store.flush();
        avatars.add(900, ship, 7, 4, 12);
        CellFrame frame = snapshot();
        assertThat(frame.session()).containsExactly(900);
        assertThat(frame.avatar()).containsExactly(7);
        assertThat(frame.ackedSeq()).containsExactly(12);
        assertThat(frame.x()).containsExactly(1.001f);
        SelfValues self = new SelfValues(layout)
                .read(new ByteReader(frame.bytes(), frame.selfOffset()[0], frame.selfLength()[0]));
        assertThat(self.floatValue(schema.type(Position.class).id(), 0)).isEqualTo(1.001f);
        assertThat(self.floatValue(schema.type(Velocity.class).id(), 1)).isEqualTo(4.4f);
        assertThat(self.bits(schema.type(Craft.class).id(), 5)).isEqualTo(77);
    }

    @Test
    void tellsASessionItsOwnEventsOnce() {
        long ship = spawn(7, 1, 1);
        store.flush();
        avatars.add(900, ship, 7, 1, 0);
        avatars.add(901, ship, 7, 1, 0);
        board.tell(901, new Ping(1));
        board.tell(900, new Ping(2));
        board.tell(901, new Ping(3));
        CellFrame frame = snapshot();
        assertThat(frame.eventsLength()).containsExactly(2, 4);
        ByteReader in = new ByteReader(frame.bytes(), frame.eventsOffset()[1], 4);
        EventValues values = new EventValues(layout);
        assertThat(values.read(in).bits(0)).isEqualTo(1);
        assertThat(values.read(in).bits(0)).isEqualTo(3);
        assertThat(snapshot().eventsLength()).containsExactly(0, 0);
    }
}
