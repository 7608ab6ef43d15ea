package dev.terrane.space;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.RegionId;
import org.junit.jupiter.api.Test;

class StripPartitionTest {
    @Test
    void aBorderBelongsToTheRegionOnItsRightToTheLastBit() {
        // 0.1 has no exact double, so naive division misplaces some of these.
        StripPartition strip = new StripPartition(1_000, 0.1, 1);
        for (int i = 1; i < 1_000; i++) {
            double border = i * 0.1;
            assertThat(strip.regionAt(border, 0)).isEqualTo(new RegionId(i, 0));
            assertThat(strip.regionAt(Math.nextDown(border), 0)).isEqualTo(new RegionId(i - 1, 0));
        }
    }

    @Test
    void theEndsOwnWhatIsBeyondThem() {
        StripPartition strip = new StripPartition(3, 512, 100);
        assertThat(strip.regionAt(-1e300, 1e300)).isEqualTo(new RegionId(0, 0));
        assertThat(strip.regionAt(1e300, 0)).isEqualTo(new RegionId(2, 0));
    }

    @Test
    void outerEndsAreNoBorders() {
        StripPartition strip = new StripPartition(2, 100, 100);
        assertThat(strip.distanceToBorder(new RegionId(0, 0), -49, 0)).isEqualTo(99);
        assertThat(strip.distanceToBorder(new RegionId(1, 0), -49, 0)).isEqualTo(1);
        assertThat(strip.distanceToBorder(new RegionId(1, 0), -53, 0)).isEqualTo(-3);
        assertThat(new StripPartition(1, 100, 100).distanceToBorder(RegionId.ORIGIN, 0, 0))
                .isEqualTo(Double.POSITIVE_INFINITY);
    }
}
