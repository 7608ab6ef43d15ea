package dev.terrane.interest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Schema;
import dev.terrane.interest.Things.Comms;
import dev.terrane.plugin.kit.Allegiance;
import dev.terrane.plugin.kit.Avatar;
import dev.terrane.plugin.kit.Identity;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Veiled;
import dev.terrane.protocol.client.WireLayout;
import dev.terrane.protocol.cluster.CellFrame;
import dev.terrane.protocol.cluster.SliceAudience;
import dev.terrane.space.Bounds;
import dev.terrane.space.ChunkGrid;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VeilTest {
    private static final int RED = 1;
    private static final int BLUE = 2;

    private final Schema schema = Things.schema();
    private final EntityStore store = new EntityStore(schema);
    private final SliceBoard board =
            new SliceBoard(store, Things.events(), new ChunkGrid(new Bounds(-128, -128, 128, 128), 64));
    private final Mirror mirror = new Mirror(new WireLayout(WireSchemas.of(schema, Things.events())));
    private final AvatarList avatars = new AvatarList();
    private final int chunk = new ChunkGrid(new Bounds(-128, -128, 128, 128), 64).chunkAt(1, 1);
    private long tick;

    @BeforeEach
    void watch() {
        mirror.watched.add(chunk);
        board.watch(0, new int[] {chunk});
    }

    private long ship(long id, int squad) {
        long ship = store.spawn(
                new Identity(id, 1, 0), new Position(1, 1, 0), new Allegiance(squad, 0), new Veiled(Veiled.NOT));
        store.flush();
        return ship;
    }

    private void veil(long entity, int to) {
        store.set(entity, schema.type(Veiled.class), new Veiled(to));
    }

    private CellFrame snapshot() {
        store.flush();
        board.collect(++tick);
        CellFrame frame = board.frame(0, Things.header(tick), avatars);
        mirror.apply(frame);
        return frame;
    }

    @Test
    void hidesAnEntityFromStrangersAndKeepsItForTheSquad() {
        long ship = ship(7, RED);
        snapshot();
        assertThat(mirror.seenBy(0, 0, 0)).containsOnlyKeys(7L);
        veil(ship, Veiled.SQUAD);
        snapshot();
        assertThat(mirror.heard).containsExactlyInAnyOrder("left 7 HIDDEN", "entered 7");
        assertThat(mirror.seenBy(0, 0, 0)).isEmpty();
        assertThat(mirror.seenBy(0, BLUE, 0)).isEmpty();
        assertThat(mirror.seenBy(0, RED, 0)).containsOnlyKeys(7L);
    }

    @Test
    void saysThatAnEntityMovedWhenItShowsItselfAgain() {
        long ship = ship(7, RED);
        veil(ship, Veiled.SQUAD);
        snapshot();
        veil(ship, Veiled.NOT);
        snapshot();
        assertThat(mirror.heard).containsExactlyInAnyOrder("left 7 MOVED", "entered 7");
        assertThat(mirror.seenBy(0, 0, 0)).containsOnlyKeys(7L);
    }

    @Test
    void tellsStrangersNothingOfTheEndOfAHiddenEntity() {
        long ship = ship(7, RED);
        veil(ship, Veiled.SQUAD);
        snapshot();
        store.despawn(ship);
        CellFrame frame = snapshot();
        assertThat(mirror.heard).containsExactly("left 7 DESPAWNED");
        assertThat(frame.sliceCount()).isOne();
        assertThat(frame.audience(0)).isEqualTo(SliceAudience.squad(RED));
    }

    @Test
    void saysNothingToAnybodyWhileAHiddenEntityIsIdle() {
        veil(ship(7, RED), Veiled.SQUAD);
        snapshot();
        assertThat(snapshot().sliceCount()).isZero();
    }

    @Test
    void showsALonerToItsDriverAlone() {
        long ship = ship(7, 0);
        veil(ship, Veiled.SQUAD);
        store.attach(ship, new Avatar(1, 1, 1, 1, 0, 0, 0));
        snapshot();
        assertThat(mirror.seenBy(7, 0, 0)).containsOnlyKeys(7L);
        assertThat(mirror.seenBy(8, RED, 0)).isEmpty();
    }

    @Test
    void putsWhatIsForNobodyIntoNoSlice() {
        long mine = ship(7, RED);
        veil(mine, Veiled.OWNER);
        assertThat(snapshot().entityCount()).containsOnly(0);
        veil(mine, Veiled.NOT);
        snapshot();
        assertThat(mirror.seen()).containsOnlyKeys(7L);
    }

    @Test
    void writesTheFieldsOfASquadIntoASliceOfTheirOwn() {
        long ship = ship(7, RED);
        store.attach(ship, new Comms(5, "hi"));
        snapshot();
        assertThat(mirror.seenBy(0, 0, 0).get(7L)).containsOnlyKeys("x", "y", "z");
        assertThat(mirror.seenBy(0, RED, 0).get(7L)).containsEntry("fuel", "5").containsKey("x");
        store.set(ship, schema.type(Comms.class), new Comms(6, "hi"));
        CellFrame frame = snapshot();
        assertThat(frame.sliceCount()).as("the public slice has nothing to say").isOne();
        assertThat(frame.audience(0)).isEqualTo(SliceAudience.squad(RED));
    }

    @Test
    void givesTheSliceOfAGroupThatLeftToTheNext() {
        long ship = ship(7, RED);
        veil(ship, Veiled.SQUAD);
        snapshot();
        for (int squad = 2; squad < 50; squad++) {
            store.set(ship, schema.type(Allegiance.class), new Allegiance(squad, 0));
            snapshot();
            assertThat(mirror.seenBy(0, squad, 0)).containsOnlyKeys(7L);
            assertThat(mirror.seenBy(0, squad - 1, 0)).isEmpty();
        }
        assertThat(mirror.chunks.get(chunk)).as("parts").hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void tellsGatewaysTheGroupsOfTheirAvatars() {
        long ship = ship(7, RED);
        avatars.add(1, ship, 7, 1, 0);
        CellFrame frame = snapshot();
        assertThat(frame.groups().squadOf(0)).isEqualTo(RED);
        assertThat(frame.groups().teamOf(0)).isZero();
    }
}
