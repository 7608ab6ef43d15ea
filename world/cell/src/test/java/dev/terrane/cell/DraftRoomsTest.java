package dev.terrane.cell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.ecs.Component;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Schema;
import dev.terrane.interest.NeighbourGrid;
import dev.terrane.rewind.History;
import dev.terrane.rewind.HistoryLimits;
import dev.terrane.space.Bounds;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DraftRoomsTest {
    @Component("test.place")
    record Place(float x) {}

    private final EntityStore store = new EntityStore(Schema.of(Place.class));
    private final NeighbourGrid grid = new NeighbourGrid(new Bounds(0, 0, 64, 64), 16);
    private final History past = new History(new HistoryLimits(20, 25), new Bounds(0, 0, 64, 64), 16);
    private final List<DraftRoom> made = new ArrayList<>();
    private final DraftRooms rooms = new DraftRooms(() -> {
        DraftRoom room = new DraftRoom(store, store, grid, grid, past);
        made.add(room);
        return room;
    });

    @Test
    void twoAreUsedInTurnForEver() {
        rooms.prepare(room -> room.copyEntities(store));
        assertThat(made).hasSize(2);
        for (int round = 0; round < 10; round++) {
            DraftRoom one = rooms.take();
            DraftRoom other = rooms.take();
            assertThat(one).isNotSameAs(other);
            rooms.giveBack(one);
            rooms.giveBack(other);
            rooms.giveBack(rooms.take());
        }
        assertThat(made).hasSize(2);
    }

    @Test
    void whoWantsMoreGetsMoreWhichIsForgottenAfterwards() {
        List<DraftRoom> taken = List.of(rooms.take(), rooms.take(), rooms.take(), rooms.take());
        assertThat(made).hasSize(4);
        taken.forEach(rooms::giveBack);
        assertThat(List.of(rooms.take(), rooms.take())).containsExactlyInAnyOrder(taken.get(0), taken.get(1));
        rooms.take();
        assertThat(made).hasSize(5);
    }

    @Test
    void oneIsTakenEmpty() {
        DraftRoom room = rooms.take();
        room.parts.i64(1);
        room.copyEntities(store);
        rooms.giveBack(room);
        assertThat(rooms.take()).isSameAs(room);
        assertThat(room.parts.size()).isZero();
        assertThat(room.gapCount()).isZero();
    }
}
