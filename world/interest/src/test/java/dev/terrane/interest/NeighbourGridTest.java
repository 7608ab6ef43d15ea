package dev.terrane.interest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Rng;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.ecs.EntityStore;
import dev.terrane.interest.Things.Flag;
import dev.terrane.plugin.kit.Identity;
import dev.terrane.plugin.kit.Position;
import dev.terrane.space.Bounds;
import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NeighbourGridTest {
    private final EntityStore store = new EntityStore(Things.schema());
    private final NeighbourGrid grid = new NeighbourGrid(new Bounds(-100, -50, 100, 50), 16);

    @Test
    void findsExactlyThoseWithinTheRadius() {
        Rng rng = new Rng(4);
        for (int i = 0; i < 500; i++) {
            Position at = new Position(rng.nextFloat(-130, 130), rng.nextFloat(-70, 70), 0);
            if (rng.chance(0.5f)) {
                store.spawn(new Identity(i, 0, 0), at);
            } else {
                store.spawn(new Identity(i, 0, 0), at, new Flag(1));
            }
        }
        store.flush();
        grid.rebuild(store);
        long[] into = new long[1000];
        for (int i = 0; i < 300; i++) {
            float x = rng.nextFloat(-150, 150);
            float y = rng.nextFloat(-90, 90);
            float radius = rng.nextFloat(0, 60);
            int count = grid.near(x, y, radius, into);
            SortedSet<Long> found = new TreeSet<>();
            Arrays.stream(into, 0, count).forEach(found::add);
            assertThat(found).hasSize(count).isEqualTo(bruteForce(x, y, radius));
        }
    }

    private SortedSet<Long> bruteForce(float x, float y, float radius) {
        SortedSet<Long> found = new TreeSet<>();
        for (int slot = 0; slot < store.slotLimit(); slot++) {
            Position at = store.get(store.handleAt(slot), store.schema().type(Position.class));
            float dx = at.x() - x;
            float dy = at.y() - y;
            if (dx * dx + dy * dy <= radius * radius) {
                found.add(store.handleAt(slot));
            }
        }
        return found;
    }

    @Test
    void leavesOutWhatDoesNotFit() {
        for (int i = 0; i < 9; i++) {
            store.spawn(new Identity(i, 0, 0), new Position(1, 1, 0));
        }
        store.flush();
        grid.rebuild(store);
        assertThat(grid.near(1, 1, 1, new long[4])).isEqualTo(4);
    }

    @Test
    void copiesStayAsItWasAndAreWrittenLikeIt() {
        Rng rng = new Rng(5);
        NeighbourGrid copy = grid.like();
        for (int round = 0; round < 20; round++) {
            for (int i = rng.nextInt(100); i >= 0; i--) {
                store.spawn(new Identity(i, 0, 0), new Position(rng.nextFloat(-130, 130), rng.nextFloat(-70, 70), 0));
            }
            store.flush();
            grid.rebuild(store);
            ByteWriter then = new ByteWriter(64);
            grid.write(then);
            grid.copy(copy);
            for (int i = rng.nextInt(store.size()); i > 0; i--) {
                store.despawn(store.handleAt(i));
            }
            store.flush();
            grid.rebuild(store);
            ByteWriter now = new ByteWriter(64);
            copy.write(now);
            assertThat(now.toBytes()).as("round %d", round).isEqualTo(then.toBytes());
        }
    }

    @Test
    void forgetsWhoIsGone() {
        long entity = store.spawn(new Identity(1, 0, 0), new Position(1, 1, 0));
        store.flush();
        grid.rebuild(store);
        store.despawn(entity);
        store.flush();
        grid.rebuild(store);
        assertThat(grid.near(1, 1, 50, new long[4])).isZero();
    }
}
