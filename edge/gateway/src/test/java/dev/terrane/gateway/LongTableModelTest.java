package dev.terrane.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.Rng;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LongTableModelTest {
    @Test
    void agreesWithMapThroughRandomChanges() {
        for (long seed = 0; seed < 50; seed++) {
            Rng rng = new Rng(seed);
            LongTable<String> table = new LongTable<>();
            Map<Long, String> model = new HashMap<>();
            for (int step = 0; step < 2_000; step++) {
                long key = 1 + rng.nextInt(200) * (rng.chance(0.5f) ? 1L : 0x1_0000_0000L);
                if (rng.chance(0.6f)) {
                    table.put(key, "v" + step);
                    model.put(key, "v" + step);
                } else {
                    assertThat(table.remove(key)).as("seed %d", seed).isEqualTo(model.remove(key));
                }
                assertThat(table.get(key)).as("seed %d", seed).isEqualTo(model.get(key));
            }
            List<String> visited = new ArrayList<>();
            table.forEach(visited::add);
            assertThat(visited).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(model.values());
            assertThat(table.size()).isEqualTo(model.size());
        }
    }

    @Test
    void refusesZeroAsKey() {
        assertThatThrownBy(() -> new LongTable<String>().put(0, "nobody")).isInstanceOf(IllegalArgumentException.class);
    }
}
