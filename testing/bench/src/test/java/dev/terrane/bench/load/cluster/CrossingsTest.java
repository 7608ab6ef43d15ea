package dev.terrane.bench.load.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CrossingsTest {
    private static final Map<String, String> OWNERS = Map.of("0,0#0", "s1", "1,0#0", "s2", "2,0#0", "s2");

    private final Crossings crossings = new Crossings(OWNERS, 100);

    private static Sighting at(long millis, String cell, int tick, double x) {
        return new Sighting(millis * 1_000_000, 1, cell, 1, tick, tick, x, 0);
    }

    @Test
    void tellsBordersBetweenNodesFromThoseWithinOne() {
        crossings.add(
                List.of(at(0, "0,0#0", 1, 0), at(100, "0,0#0", 2, 1), at(300, "1,0#0", 4, 4), at(410, "2,0#0", 5, 5)));
        assertThat(crossings.values())
                .containsEntry("acrossHandoffs", 1.0)
                .containsEntry("acrossGapMillisP50", 200.0)
                .containsEntry("acrossGapTicksP99", 2.0)
                .containsEntry("acrossJumpMetresMax", 3.0)
                .containsEntry("withinHandoffs", 1.0)
                .containsEntry("withinGapMillisMax", 110.0)
                .containsEntry("quietGapMillisP50", 100.0);
        assertThat(crossings.complete()).isTrue();
    }

    @Test
    void saysNothingOfWhatNobodyDid() {
        crossings.add(List.of(at(0, "1,0#0", 1, 0), at(100, "1,0#0", 2, 1)));
        assertThat(crossings.values().get("acrossGapMillisP50")).isNaN();
        assertThat(crossings.complete()).isFalse();
    }
}
