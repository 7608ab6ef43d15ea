package dev.terrane.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.StateHash;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SchemaMigrationTest {
    @Component("game.hull")
    record Hull(int points, float armour, String name, boolean docked) {}

    @Component("game.fuel")
    record Fuel(float litres) {}

    @Component("game.mark")
    record Mark(long by) {}

    private static final Schema PAST = Schema.of(Hull.class, Fuel.class, Mark.class);

    @Component("game.body")
    @Formerly({"game.frame", "game.hull"})
    @Dropped("docked")
    record Body(
            String name,
            @Formerly("points") long strength,
            float armour,
            @Initially("7") int crew,
            @Initially("0.5") float charge,
            @Initially("true") boolean lit,
            @Initially("none") String flag,
            int zero) {}

    @Component("game.shield")
    @GivenTo(Body.class)
    record Shield(@Initially("100") float power) {}

    private static final Schema PRESENT = Schema.of(Mark.class, Shield.class, Body.class);

    private static final List<String> DROPPED = List.of("game.hull", "game.fuel", "game.mark");

    private static SchemaMigration migration(Schema past, Schema present) {
        return migration(past, present, DROPPED.toArray(String[]::new));
    }

    private static SchemaMigration migration(Schema past, Schema present, String... dropped) {
        SortedMap<Long, byte[]> known = new TreeMap<>();
        known.put(past.fingerprint(), past.describe());
        List<String> wanted = Arrays.stream(dropped)
                .filter(name -> present.components().stream()
                        .noneMatch(type -> type.name().equals(name)))
                .toList();
        return new SchemaHistory(present, wanted, known).from(past.fingerprint());
    }

    /** As a restart has it: read under the description alone, without the records of then. */
    private static EntityStore stored(EntityStore store, SchemaMigration migration) {
        ByteWriter out = new ByteWriter(1024);
        store.write(out);
        EntityStore read = new EntityStore(migration.past());
        read.read(new ByteReader(out.toBytes()));
        StateHash then = new StateHash();
        store.hash(then);
        StateHash now = new StateHash();
        read.hash(now);
        assertThat(now.value()).isEqualTo(then.value());
        return read;
    }

    @Test
    void mapsWhatIsDeclared() {
        EntityStore past = new EntityStore(PAST);
        long dead = past.spawn(new Mark(1));
        long ship = past.spawn(new Hull(30, 2.5f, "Ada", true), new Fuel(9));
        long buoy = past.spawn(new Mark(5), new Fuel(1));
        long rock = past.spawn(new Mark(6));
        past.flush();
        past.despawn(dead);
        past.flush();

        SchemaMigration migration = migration(PAST, PRESENT);
        EntityStore present = migration.store(stored(past, migration));

        assertThat(present.size()).isEqualTo(3);
        assertThat(present.alive(dead)).isFalse();
        assertThat(present.get(ship, PRESENT.type(Body.class)))
                .isEqualTo(new Body("Ada", 30, 2.5f, 7, 0.5f, true, "none", 0));
        assertThat(present.get(ship, PRESENT.type(Shield.class))).isEqualTo(new Shield(100));
        assertThat(present.has(buoy, PRESENT.type(Shield.class))).isFalse();
        assertThat(present.get(buoy, PRESENT.type(Mark.class))).isEqualTo(new Mark(5));
        assertThat(present.get(rock, PRESENT.type(Mark.class))).isEqualTo(new Mark(6));
        assertThat(EntityStore.slot(present.spawn(new Mark(7))))
                .as("the freed slot")
                .isEqualTo(EntityStore.slot(dead));
    }

    @Test
    void goesOnAsAnyStoreOnceItIsWritten() {
        EntityStore past = new EntityStore(PAST);
        for (int i = 0; i < 100; i++) {
            past.spawn(new Mark(i));
            past.spawn(new Mark(i), new Fuel(i));
        }
        past.flush();
        SchemaMigration migration = migration(PAST, PRESENT);
        EntityStore present = migration.store(stored(past, migration));
        ByteWriter out = new ByteWriter(1024);
        present.write(out);
        EntityStore again = new EntityStore(PRESENT);
        again.read(new ByteReader(out.toBytes()));
        StateHash one = new StateHash();
        StateHash other = new StateHash();
        present.hash(one);
        again.hash(other);
        assertThat(other.value()).isEqualTo(one.value());
        assertThat(present.tableCount())
                .as("tables that differed in a dropped component only")
                .isEqualTo(1);
    }

    @Test
    void mapsASingleEntity() {
        EntityStore past = new EntityStore(PAST);
        long ship = past.spawn(new Hull(30, 2.5f, "Ada", true), new Fuel(9));
        past.flush();
        ByteWriter out = new ByteWriter(64);
        past.writeEntity(ship, out);

        EntityStore present = new EntityStore(PRESENT);
        long copy = present.readEntity(new ByteReader(migration(PAST, PRESENT).entity(out.toBytes())));
        present.flush();
        assertThat(present.get(copy, PRESENT.type(Body.class)).strength()).isEqualTo(30);
        assertThat(present.get(copy, PRESENT.type(Shield.class)).power()).isEqualTo(100);
    }

    @Component("game.hull")
    record TextHull(String points) {}

    @Component("game.fuel")
    record WholeFuel(@Formerly("litres") int decilitres) {}

    @Test
    void refusesAnotherKindAndSaysWhichFieldAndWhatToDo() {
        assertThatThrownBy(() -> migration(PAST, Schema.of(TextHull.class)))
                .isInstanceOf(SchemaChangedException.class)
                .hasMessageContaining("component game.hull with the field 'points' of kind INT")
                .hasMessageContaining("TEXT")
                .hasMessageContaining("give the new field another name");
        assertThatThrownBy(() -> migration(PAST, Schema.of(WholeFuel.class)))
                .hasMessageContaining("'litres' of kind FLOAT, now 'decilitres' is of kind INT");
    }

    @Component(value = "game.fuel", version = 3)
    record NewFuel(float litres) {}

    @Component(value = "game.fuel", version = 3, readsFrom = 1)
    record SameFuel(float litres) {}

    @Test
    void refusesAnotherVersionUnlessItIsSaidToMeanTheSame() {
        assertThatThrownBy(() -> migration(PAST, Schema.of(NewFuel.class)))
                .hasMessageContaining("version 1 of component game.fuel, now it has version 3")
                .hasMessageContaining("@Component(readsFrom = 1)");
        assertThat(migration(PAST, Schema.of(SameFuel.class)).maskOf(2)).isEqualTo(1);
        assertThatThrownBy(() -> migration(Schema.of(SameFuel.class), Schema.of(Fuel.class)))
                .hasMessageContaining("start the newer build");
    }

    @Component("game.hull")
    record BareHull(int points, String name) {}

    @Component("game.hull")
    @Dropped({"armour", "docked"})
    record LightHull(int points, String name) {}

    @Test
    void refusesToLoseWhatNobodyHasDropped() {
        assertThatThrownBy(() -> migration(PAST, Schema.of(Hull.class, Fuel.class), new String[0]))
                .isInstanceOf(SchemaChangedException.class)
                .hasMessageContaining("component game.mark with the fields [by]")
                .hasMessageContaining("if a module is missing, start with it")
                .hasMessageContaining("droppedComponents()");
        assertThatThrownBy(() -> migration(PAST, Schema.of(BareHull.class), "game.fuel"))
                .hasMessageContaining("the fields 'armour', 'docked' of component game.hull, which game.hull has not")
                .hasMessageContaining("component game.mark")
                .hasMessageContaining("@Dropped");
        assertThat(migration(PAST, Schema.of(LightHull.class), "game.fuel", "game.mark")
                        .maskOf(1))
                .isEqualTo(1);
    }

    @Component("game.hull")
    @Dropped("points")
    record WrongHull(int points) {}

    @Test
    void refusesToDropWhatIsStillThere() {
        assertThatThrownBy(() -> Schema.of(WrongHull.class)).hasMessageContaining("'points', which it says");
        assertThatThrownBy(() -> new SchemaHistory(PAST, List.of("game.fuel"), new TreeMap<>()))
                .hasMessageContaining("game.fuel is said to be dropped");
    }

    @Component("game.a")
    @Formerly("game.fuel")
    record HeirA(float litres) {}

    @Component("game.b")
    @Formerly("game.fuel")
    record HeirB(
            @Formerly("litres") float one,
            @Formerly("litres") float two) {}

    @Test
    void refusesTwoHeirs() {
        assertThatThrownBy(() -> migration(PAST, Schema.of(HeirA.class, HeirB.class)))
                .hasMessageContaining("component game.fuel, which game.a and game.b both say they formerly were");
        assertThatThrownBy(() -> migration(PAST, Schema.of(HeirB.class)))
                .hasMessageContaining("the field 'litres', which 'one' and 'two' both say");
    }

    @Test
    void refusesASchemaThatNobodyDescribed() {
        assertThatThrownBy(() -> new SchemaHistory(PRESENT, List.of(), new TreeMap<>()).from(5))
                .hasMessageContaining("no description");
    }

    @Test
    void refusesADamagedDescription() {
        byte[] good = PAST.describe();
        for (int at = 0; at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at] ^= 0x11;
            SortedMap<Long, byte[]> known = new TreeMap<>();
            known.put(PAST.fingerprint(), bad);
            assertThatThrownBy(() -> new SchemaHistory(PRESENT, List.of(), known).from(PAST.fingerprint()))
                    .as("byte %d", at)
                    .isInstanceOf(SchemaChangedException.class);
        }
        SortedMap<Long, byte[]> cut = new TreeMap<>();
        cut.put(PAST.fingerprint(), Arrays.copyOf(good, good.length / 2));
        assertThatThrownBy(() -> new SchemaHistory(PRESENT, List.of(), cut).from(PAST.fingerprint()))
                .isInstanceOf(SchemaChangedException.class);
    }

    @Component("game.bad")
    record BadInitial(@Initially("many") int count) {}

    @Component("game.bad")
    @GivenTo(Fuel.class)
    record BadGift(int count) {}

    @Test
    void findsMistakesInDeclarationsWhenTheSchemaIsMade() {
        assertThatThrownBy(() -> Schema.of(BadInitial.class))
                .hasMessageContaining("'count' with @Initially(\"many\"), which is no value of kind INT");
        assertThatThrownBy(() -> Schema.of(BadGift.class))
                .hasMessageContaining("which is not a component of this world");
    }
}
