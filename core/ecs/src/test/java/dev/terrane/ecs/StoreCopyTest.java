package dev.terrane.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.Rng;
import dev.terrane.base.StateHash;
import dev.terrane.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoreCopyTest {
    @Component("test.place")
    record Place(float x, int floor) {}

    @Component("test.name")
    record Name(String text, long number, boolean loud) {}

    private final Schema schema = Schema.of(Place.class, Name.class);
    private final EntityStore store = new EntityStore(schema);
    private final StoreCopy copy = new StoreCopy(schema);

    @Test
    void staysAsTheStoreWasWhileTheStoreGoesOn() {
        Rng rng = new Rng(3);
        List<Long> living = new ArrayList<>();
        for (int round = 0; round < 200; round++) {
            change(rng, living);
            ByteWriter then = new ByteWriter(1024);
            store.write(then);
            StateHash hashThen = new StateHash();
            store.hash(hashThen);

            store.copy(copy);
            change(rng, living);

            ByteWriter now = new ByteWriter(1024);
            copy.write(now);
            StateHash hashNow = new StateHash();
            copy.hash(hashNow);
            assertThat(now.toBytes()).as("round %d", round).isEqualTo(then.toBytes());
            assertThat(hashNow.value()).as("round %d", round).isEqualTo(hashThen.value());
        }
    }

    private void change(Rng rng, List<Long> living) {
        for (int i = rng.nextInt(40); i > 0; i--) {
            Place place = new Place(rng.nextInt(100), rng.nextInt(9));
            Name name = new Name("n" + rng.nextInt(50), rng.nextInt(1000), rng.nextInt(2) == 0);
            living.add(rng.nextInt(3) == 0 ? store.spawn(place) : store.spawn(place, name));
        }
        for (int i = rng.nextInt(living.size() + 1); i > 0 && !living.isEmpty(); i--) {
            store.despawn(living.remove(rng.nextInt(living.size())));
        }
        store.flush();
        for (long entity : living) {
            store.set(entity, schema.type(Place.class), new Place(rng.nextInt(100), 1));
        }
    }

    @Test
    void followsAStoreThatWasReadAnew() {
        store.spawn(new Place(1, 2), new Name("a", 1, true));
        store.flush();
        store.copy(copy);
        EntityStore other = new EntityStore(schema);
        other.spawn(new Place(3, 4));
        other.flush();
        other.copy(copy);

        ByteWriter expected = new ByteWriter(64);
        other.write(expected);
        ByteWriter actual = new ByteWriter(64);
        copy.write(actual);
        assertThat(actual.toBytes()).isEqualTo(expected.toBytes());
    }

    @Test
    void refusesAStoreOfAnotherSchemaAndHalfAState() {
        EntityStore foreign = new EntityStore(Schema.of(Place.class));
        assertThatThrownBy(() -> foreign.copy(copy)).hasMessageContaining("another");
        store.spawn(new Place(1, 2));
        assertThatThrownBy(() -> store.copy(copy)).hasMessageContaining("wait for a flush");
    }
}
