package dev.terrane.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Rng;
import dev.terrane.base.StateHash;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random operations against {@link NaiveStore}, which is too simple to be wrong. The seed is in the name of each run. */
class EntityStoreModelTest {
    private static final int ROUNDS = 200;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void holdsAndMarksWhatTheModelDoes(long seed) {
        EntityStore store = new EntityStore(Sample.SCHEMA);
        NaiveStore model = new NaiveStore();
        StoreOperations operations = new StoreOperations(new Rng(seed), store, model);

        for (int round = 0; round < ROUNDS; round++) {
            operations.round();
            model.assertSame(store);
        }
        assertThat(model.deaths()).as("the run was lively").isGreaterThan(100);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {21, 22, 23, 24, 25, 26})
    void continuesAlikeAfterWriteAndRead(long seed) {
        EntityStore store = new EntityStore(Sample.SCHEMA);
        NaiveStore model = new NaiveStore();
        StoreOperations operations = new StoreOperations(new Rng(seed), store, model);
        for (int round = 0; round < ROUNDS / 4; round++) {
            operations.round();
        }
        EntityStore restored = copyOf(store);
        assertThat(hash(restored)).isEqualTo(hash(store));
        assertThat(restored.query(Sample.PLACE).size())
                .isEqualTo(store.query(Sample.PLACE).size());

        long furtherSeed = seed * 1_000;
        StoreOperations first = new StoreOperations(new Rng(furtherSeed), store, model);
        StoreOperations second = new StoreOperations(new Rng(furtherSeed), restored, model.copy());
        for (int round = 0; round < ROUNDS / 4; round++) {
            first.round();
            second.round();
            assertThat(hash(restored)).as("round %d", round).isEqualTo(hash(store));
        }
    }

    private static EntityStore copyOf(EntityStore store) {
        ByteWriter out = new ByteWriter(64);
        store.write(out);
        EntityStore copy = new EntityStore(Sample.SCHEMA);
        copy.query(Sample.PLACE); // a query made before must follow
        copy.read(new ByteReader(out.toBytes()));
        return copy;
    }

    private static long hash(EntityStore store) {
        StateHash hash = new StateHash();
        store.hash(hash);
        return hash.value();
    }
}
