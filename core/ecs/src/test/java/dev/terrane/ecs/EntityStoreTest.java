package dev.terrane.ecs;

import static dev.terrane.ecs.Sample.LABEL;
import static dev.terrane.ecs.Sample.MIXED;
import static dev.terrane.ecs.Sample.PLACE;
import static dev.terrane.ecs.Sample.SCHEMA;
import static dev.terrane.ecs.Sample.TAG;
import static dev.terrane.ecs.Sample.X;
import static dev.terrane.ecs.Sample.Y;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.ecs.Sample.Label;
import dev.terrane.ecs.Sample.Mixed;
import dev.terrane.ecs.Sample.Place;
import dev.terrane.ecs.Sample.Tag;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import org.junit.jupiter.api.Test;

class EntityStoreTest {
    private final EntityStore store = new EntityStore(SCHEMA);

    private long spawned(Record... components) {
        long entity = store.spawn(components);
        store.flush();
        return entity;
    }

    @Test
    void keepsEveryKindOfField() {
        Mixed mixed = new Mixed(-7, Long.MIN_VALUE, true, "grüße 🚀", Float.NaN);

        long entity = spawned(new Place(1, 2), mixed);

        assertThat(store.get(entity, MIXED)).isEqualTo(mixed);
        assertThat(store.get(entity, PLACE)).isEqualTo(new Place(1, 2));
    }

    @Test
    void spawnsAtTheNextFlushOnly() {
        long entity = store.spawn(new Place(1, 2));

        assertThat(store.alive(entity)).isFalse();
        assertThat(store.size()).isZero();
        assertThat(store.handleAt(EntityStore.slot(entity))).isZero();
        assertThatThrownBy(() -> store.get(entity, PLACE)).hasMessageContaining("before the next flush");

        store.flush();
        assertThat(store.alive(entity)).isTrue();
        assertThat(store.handleAt(EntityStore.slot(entity))).isEqualTo(entity);
    }

    @Test
    void appliesWhatIsAskedOfAPendingEntityAfterItsSpawn() {
        long entity = store.spawn(new Place(1, 2));
        store.attach(entity, new Label("late"));
        store.detach(entity, Place.class);
        store.flush();

        assertThat(store.get(entity, LABEL).name()).isEqualTo("late");
        assertThat(store.has(entity, PLACE)).isFalse();
    }

    @Test
    void reportsAnEntityThatDiedInTheFlushOfItsBirth() {
        long entity = store.spawn(new Place(1, 2));
        store.despawn(entity);
        store.flush();

        assertThat(store.alive(entity)).isFalse();
        assertThat(store.removedCount()).isEqualTo(1);
        assertThat(store.removed()[0]).isEqualTo(entity);
    }

    @Test
    void ignoresWhatIsAskedOfTheDead() {
        long entity = spawned(new Place(1, 2));
        store.despawn(entity);
        store.despawn(entity);
        store.attach(entity, new Tag());
        store.detach(entity, Place.class);
        store.flush();
        store.despawn(entity);
        store.despawn(0);
        store.flush();

        assertThat(store.size()).isZero();
        assertThat(store.removedCount()).isEqualTo(1);
    }

    @Test
    void reusesTheSlotButNeverTheHandle() {
        long first = spawned(new Tag());
        store.despawn(first);
        store.flush();
        long second = spawned(new Tag());

        assertThat(EntityStore.slot(second)).isEqualTo(EntityStore.slot(first));
        assertThat(second).isNotEqualTo(first);
        assertThat(store.alive(first)).isFalse();
        assertThatThrownBy(() -> store.get(first, TAG))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is dead");
    }

    @Test
    void namesWhatAnEntityHasWhenItLacksAComponent() {
        long entity = spawned(new Place(1, 2), new Tag());

        assertThatThrownBy(() -> store.get(entity, LABEL))
                .hasMessageContaining("has no test.label, it has [test.place, test.tag]");
    }

    @Test
    void refusesAComponentGivenTwice() {
        assertThatThrownBy(() -> store.spawn(new Tag(), new Tag())).hasMessageContaining("test.tag is given twice");
    }

    @Test
    void refusesATextOverItsLimitWhereItIsGiven() {
        assertThatThrownBy(() -> store.spawn(new Label("ü".repeat(128))))
                .hasMessage("text test.label.name has 256 bytes of UTF-8, 255 are allowed");
        assertThatThrownBy(() -> store.spawn(new Label("\ud83d"))).hasMessageContaining("half a surrogate pair");
        assertThat(store.slotLimit()).as("a refused spawn takes no slot").isZero();

        long entity = spawned(new Label("x".repeat(255)));
        Table table = store.tableOf(entity);
        assertThatThrownBy(() -> table.texts(LABEL.field("name")).set(0, "x".repeat(256)))
                .hasMessageContaining("256 bytes");
    }

    @Test
    void marksOnlyWhatDiffers() {
        long still = spawned(new Place(1, 2));
        long moving = spawned(new Place(1, 2));
        store.clearChanges();
        store.set(still, PLACE, new Place(1, 2));
        store.set(moving, PLACE, new Place(1, 3));

        Table table = store.tableOf(still);
        assertThat(table.arrived().isEmpty()).isTrue();
        assertThat(table.changed(X).isEmpty()).isTrue();
        assertThat(table.changed(Y).next(0)).isEqualTo(store.rowOf(moving));
        assertThat(table.changed(Y).next(store.rowOf(moving) + 1)).isEqualTo(-1);
    }

    @Test
    void marksEveryRowOfAColumnTakenForWriting() {
        for (int i = 0; i < 70; i++) {
            store.spawn(new Place(i, 0));
        }
        store.flush();
        store.clearChanges();
        Table table = store.table(0);
        table.floats(X).write()[69] = 5;

        assertThat(table.changed(X).word(0)).isEqualTo(-1L);
        assertThat(table.changed(X).word(1)).isEqualTo(0b111111L);
        assertThat(table.changed(Y).isEmpty()).isTrue();
    }

    @Test
    void movesMarksWithTheRowThatFillsAHole() {
        long first = spawned(new Place(1, 1));
        spawned(new Place(2, 2));
        long last = spawned(new Place(3, 3));
        store.clearChanges();
        store.set(last, PLACE, new Place(3, 4));
        store.set(first, PLACE, new Place(9, 1));
        store.despawn(first);
        store.flush();

        Table table = store.tableOf(last);
        assertThat(store.rowOf(last)).isZero();
        assertThat(table.changed(Y).get(0)).isTrue();
        assertThat(table.changed(X).isEmpty()).as("the dead one's mark is gone").isTrue();
        assertThat(table.changed(Y).next(1)).isEqualTo(-1);
    }

    @Test
    void countsAnEntityWithAnotherSetOfComponentsAsArrived() {
        long entity = spawned(new Place(1, 2));
        store.clearChanges();
        store.attach(entity, new Tag());
        store.flush();

        assertThat(store.tableOf(entity).arrived().get(store.rowOf(entity))).isTrue();
        assertThat(store.get(entity, PLACE)).isEqualTo(new Place(1, 2));
        assertThat(store.removedCount()).isZero();
    }

    @Test
    void overwritesAnAttachedComponentInPlace() {
        long entity = spawned(new Place(1, 2));
        store.clearChanges();
        store.attach(entity, new Place(1, 5));
        store.flush();

        Table table = store.tableOf(entity);
        assertThat(table.arrived().isEmpty()).isTrue();
        assertThat(table.changed(X).isEmpty()).isTrue();
        assertThat(table.changed(Y).get(store.rowOf(entity))).isTrue();
    }

    @Test
    void letsAQueryFollowNewTablesAndSkipEmptyOnes() {
        Query query = store.query(PLACE);
        long lone = spawned(new Place(1, 2));
        spawned(new Place(1, 2), new Tag());
        spawned(new Tag());
        store.despawn(lone);
        store.flush();

        assertThat(query).hasSize(1).allMatch(table -> table.has(TAG));
        assertThat(query.size()).isEqualTo(1);
        assertThat(store.query(PLACE)).isSameAs(query);
    }

    @Test
    void stopsAnIterationThatFlushes() {
        spawned(new Place(1, 2));
        spawned(new Place(1, 2), new Tag());
        Iterator<Table> tables = store.query(PLACE).iterator();
        tables.next();
        spawned(new Label("intruder"));

        assertThatThrownBy(tables::next).isInstanceOf(ConcurrentModificationException.class);
    }

    @Test
    void refusesFieldsOfOtherKindsTablesAndSchemas() {
        Table table = store.tableOf(spawned(new Place(1, 2)));
        Schema other = Schema.of(Label.class);

        assertThatThrownBy(() -> table.ints(X)).hasMessageContaining("test.place.x is of kind FLOAT");
        assertThatThrownBy(() -> table.texts(LABEL.field("name")))
                .hasMessageContaining("no field test.label.name, its components are [test.place]");
        assertThatThrownBy(() -> table.texts(other.field(Label.class, "name"))).hasMessageContaining("another schema");
        assertThatThrownBy(() -> store.query(other.type(Label.class))).hasMessageContaining("another schema");
    }

    @Test
    void refusesRowsBehindTheTablesEnd() {
        Table table = store.tableOf(spawned(new Place(1, 2)));

        assertThatThrownBy(() -> table.floats(X).get(1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> table.floats(X).set(1, 5)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> table.entity(1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void forgetsDeathsAndMarksOnRequest() {
        long entity = spawned(new Place(1, 2));
        spawned(new Place(3, 4));
        store.despawn(entity);
        store.flush();
        store.clearChanges();

        assertThat(store.removedCount()).isZero();
        assertThat(store.table(0).arrived().isEmpty()).isTrue();
    }
}
