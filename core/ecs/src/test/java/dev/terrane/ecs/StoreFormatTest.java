package dev.terrane.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.Rng;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.ecs.Sample.Label;
import dev.terrane.ecs.Sample.Mixed;
import dev.terrane.ecs.Sample.Place;
import dev.terrane.ecs.Sample.Tag;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StoreFormatTest {
    private final EntityStore store = new EntityStore(Sample.SCHEMA);

    private static byte[] bytesOf(EntityStore store) {
        ByteWriter out = new ByteWriter(64);
        store.write(out);
        return out.toBytes();
    }

    private void fill() {
        long victim = store.spawn(new Tag());
        for (int i = 0; i < 20; i++) {
            store.spawn(new Place(i, -i), new Label("ship " + i));
            store.spawn(new Place(i, -i), new Mixed(i, i, i % 2 == 0, "m", i));
        }
        store.flush();
        store.despawn(victim);
        store.flush();
    }

    @Test
    void countsEverythingReadAsArrived() {
        fill();
        byte[] bytes = bytesOf(store);
        store.clearChanges();
        store.read(new ByteReader(bytes));

        assertThat(store.size()).isEqualTo(40);
        for (Table table : store.query()) {
            assertThat(table.arrived().next(table.size() - 1)).isEqualTo(table.size() - 1);
        }
        assertThat(bytesOf(store)).isEqualTo(bytes);
    }

    @Test
    void forgetsWhatWasThereBefore() {
        byte[] empty = bytesOf(store);
        fill();
        store.spawn(new Tag());
        store.read(new ByteReader(empty));
        store.flush();

        assertThat(store.size()).isZero();
        assertThat(store.query(Sample.PLACE).size()).isZero();
        assertThat(store.slotLimit()).isZero();
    }

    @Test
    void refusesToWriteWhileChangesWait() {
        store.spawn(new Tag());

        assertThatThrownBy(() -> bytesOf(store))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("1 structural changes wait for a flush");
    }

    @Test
    void refusesAStateOfAnotherSchemaOrFormat() {
        byte[] bytes = bytesOf(new EntityStore(Schema.of(Place.class)));

        assertThatThrownBy(() -> store.read(new ByteReader(bytes)))
                .isInstanceOf(MalformedBytesException.class)
                .hasMessageContaining("another schema");
        bytes[0] = 9;
        assertThatThrownBy(() -> store.read(new ByteReader(bytes))).hasMessageContaining("format 9");
    }

    @Test
    void refusesSlotsThatBelongToNobodyOrTwice() {
        store.spawn(new Tag());
        store.spawn(new Tag());
        store.flush();
        byte[] bytes = bytesOf(store);
        // format, fingerprint, 2 slots with generations 1 1, no free ones, 1 table, mask, 2 rows, slots 0 1
        assertThat(bytes).hasSize(9 + 3 + 1 + 1 + 2 + 2).endsWith(2, 1, 1, 0, 1, 2, 2, 0, 1);
        byte[] twice = bytes.clone();
        twice[twice.length - 1] = 0;
        byte[] nobody = bytes.clone();
        nobody[nobody.length - 3] = 1;

        assertThatThrownBy(() -> store.read(new ByteReader(twice))).hasMessageContaining("is free or is there twice");
        assertThatThrownBy(() -> store.read(new ByteReader(nobody))).hasMessageContaining("neither free nor an entity");
    }

    @Test
    void survivesEveryTruncationAndRandomDamage() {
        fill();
        byte[] bytes = bytesOf(store);
        EntityStore reader = new EntityStore(Sample.SCHEMA);
        for (int length = 0; length < bytes.length; length++) {
            ByteReader in = new ByteReader(bytes, 0, length);
            assertThatThrownBy(() -> reader.read(in)).isInstanceOf(MalformedBytesException.class);
        }
        long seed = 4711;
        Rng rng = new Rng(seed);
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] damaged = bytes.clone();
            for (int i = rng.nextInt(4); i >= 0; i--) {
                damaged[rng.nextInt(damaged.length)] = (byte) rng.nextInt(256);
            }
            try {
                reader.read(new ByteReader(damaged));
                bytesOf(reader); // what was let in can be written again
            } catch (MalformedBytesException expected) {
                refused++;
            }
        }
        assertThat(refused).as("seed %d", seed).isBetween(1_000, 19_999);
    }

    @Test
    void refusesAnEntityWithUnknownComponentsOrBrokenText() {
        assertThatThrownBy(() -> store.readEntity(new ByteReader(new byte[] {16})))
                .isInstanceOf(MalformedBytesException.class)
                .hasMessageContaining("a component that the schema of 4 does not have");
        byte[] brokenText = new byte[102];
        brokenText[0] = 8;
        brokenText[1] = 100;
        Arrays.fill(brokenText, 2, 102, (byte) 0xFF);
        assertThatThrownBy(() -> store.readEntity(new ByteReader(brokenText)))
                .isInstanceOf(MalformedBytesException.class)
                .hasMessageContaining("name is not UTF-8");
        assertThat(store.slotLimit()).isZero();
    }
}
