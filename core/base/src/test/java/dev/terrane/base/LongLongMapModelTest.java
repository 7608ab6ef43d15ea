package dev.terrane.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongLongMapModelTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void answersAsAHashMapDoes(long seed) {
        Rng rng = new Rng(seed);
        LongLongMap map = new LongLongMap();
        Map<Long, Long> model = new HashMap<>();
        for (int step = 0; step < 20_000; step++) {
            long key = 1 + rng.nextInt(500);
            if (rng.chance(0.55f)) {
                long value = 1 + rng.nextInt(1000);
                map.put(key, value);
                model.put(key, value);
            } else {
                Long before = model.remove(key);
                assertThat(map.remove(key)).as("seed " + seed).isEqualTo(before == null ? 0 : before);
            }
            long asked = 1 + rng.nextInt(500);
            assertThat(map.get(asked)).as("seed " + seed).isEqualTo(model.getOrDefault(asked, 0L));
            assertThat(map.size()).as("seed " + seed).isEqualTo(model.size());
        }
    }
}
