package dev.terrane.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LongTableTest {
    @Test
    void givesEachValueInOneOfItsShares() {
        for (int size = 0; size < 300; size += 7) {
            LongTable<Long> table = new LongTable<>();
            LongStream.rangeClosed(1, size).forEach(key -> table.put(key, key));
            for (int shareCount = 1; shareCount <= 40; shareCount += 13) {
                List<Long> seen = new ArrayList<>();
                for (int share = 0; share < shareCount; share++) {
                    table.forEachOfShare(share, shareCount, seen::add);
                }
                assertThat(seen)
                        .as("%d values in %d shares", size, shareCount)
                        .containsExactlyInAnyOrderElementsOf(
                                LongStream.rangeClosed(1, size).boxed().toList());
            }
        }
    }

    @Test
    void givesAllOfAShareThoughTheVisitorRemovesThem() {
        LongTable<Long> table = new LongTable<>();
        LongStream.rangeClosed(1, 100).forEach(key -> table.put(key, key));
        for (int round = 0; round < 20; round++) {
            for (int share = 0; share < 8; share++) {
                table.forEachOfShare(share, 8, table::remove);
            }
        }
        assertThat(table.size()).isZero();
    }
}
