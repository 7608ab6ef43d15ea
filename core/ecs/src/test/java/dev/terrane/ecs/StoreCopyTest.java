package dev.terrane.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.terrane.base.Rng;
import dev.terrane.base.StateHash;
import dev.terrane.bytes.ByteWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
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
    /** Taken by turns, as a cell does: each has missed what happened while it was another's turn. */
    private final List<StoreCopy> copies = List.of(copy, new StoreCopy(schema), new StoreCopy(schema));

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

            StoreCopy turn = copies.get(rng.nextInt(copies.size()));
            store.copy(turn);
            change(rng, living);

            ByteWriter now = new ByteWriter(1024);
            turn.write(now);
            StateHash hashNow = new StateHash();
            turn.hash(hashNow);
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
        for (int i = rng.nextInt(40); i > 0; i--) {
            living.add(addInPlace(rng));
        }
        for (int i = rng.nextInt(living.size() + 1); i > 0 && !living.isEmpty(); i--) {
            store.despawn(living.remove(rng.nextInt(living.size())));
        }
        store.flush();
        for (long entity : living) {
            if (store.has(entity, schema.type(Place.class))) {
                store.set(entity, schema.type(Place.class), new Place(rng.nextInt(100), 1));
            }
            changeName(rng, entity);
        }
        store.flush();
        if (rng.nextInt(4) == 0) {
            for (Table table : store.query(schema.type(Name.class))) {
                String[] texts = table.texts(schema.field(Name.class, "text")).write();
                for (int row = 0; row < table.size(); row++) {
                    texts[row] = "all " + rng.nextInt(9);
                }
            }
        }
    }

    /** Into a row of leftovers, as a store of copies does: what is there already is not written again. */
    private long addInPlace(Rng rng) {
        long entity = store.add(1L << schema.type(Name.class).id());
        Table table = store.tableOf(entity);
        table.texts(schema.field(Name.class, "text")).set(store.rowOf(entity), rng.nextInt(2) == 0 ? "" : "n1");
        table.longs(schema.field(Name.class, "number")).set(store.rowOf(entity), rng.nextInt(5));
        table.booleans(schema.field(Name.class, "loud")).set(store.rowOf(entity), true);
        return entity;
    }

    private void changeName(Rng rng, long entity) {
        if (!store.has(entity, schema.type(Name.class))) {
            if (rng.nextInt(20) == 0) {
                store.attach(entity, new Name("late " + rng.nextInt(50), 0, false));
            }
        } else if (rng.nextInt(20) == 0) {
            store.detach(entity, Name.class);
        } else if (rng.nextInt(20) == 0) {
            store.set(entity, schema.type(Name.class), new Name("new " + rng.nextInt(50), 1, true));
        }
    }

    @Test
    void isAsLargeAsTheStoreSoThatItSeldomHasToGrow() {
        for (int i = 0; i < 600; i++) {
            store.spawn(new Place(i, 0), new Name("n" + i, i, true));
        }
        store.flush();
        store.copy(copy);
        for (int i = 600; i < 1_000; i++) { // within what the store has set aside for itself
            store.spawn(new Place(i, 0), new Name("n" + i, i, true));
        }
        store.flush();
        long before = allocatedBytes();
        store.copy(copy);
        assertThat(allocatedBytes() - before).isLessThan(1_000);
    }

    private static long allocatedBytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    @Test
    void takesOnlyTheTextsThatWereWrittenSince() {
        for (int i = 0; i < 1_000; i++) {
            store.spawn(new Name("n" + i, i, true));
        }
        store.flush();
        store.copy(copy);
        TextColumn source = store.table(0).texts(schema.field(Name.class, "text"));
        source.read()[500] = "written behind its back"; // which nobody may: it shows what is copied
        source.set(70, "changed");
        store.copy(copy);

        ByteWriter out = new ByteWriter(1 << 16);
        copy.write(out);
        String written = new String(out.toBytes(), StandardCharsets.ISO_8859_1);
        assertThat(written).contains("changed").contains("n500").doesNotContain("behind");
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
