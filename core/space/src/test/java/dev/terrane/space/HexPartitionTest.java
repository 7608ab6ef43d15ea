package dev.terrane.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import org.junit.jupiter.api.Test;

class HexPartitionTest {
    private final HexPartition hex = new HexPartition(4, 4, 256);

    @Test
    void oddRowsAreShiftedToTheRight() {
        assertThat(hex.originX(new RegionId(0, 0))).isZero();
        assertThat(hex.originX(new RegionId(0, 1))).isCloseTo(256 * Math.sqrt(3) / 2, within(1e-9));
        assertThat(hex.originX(new RegionId(-1, 2))).isCloseTo(0, within(1e-9));
        assertThat(hex.originY(new RegionId(-1, 2))).isEqualTo(768);
    }

    @Test
    void anInnerRegionHasSixNeighboursFromTheEastCounterClockwise() {
        assertThat(hex.neighbours(new RegionId(1, 1)))
                .containsExactly(
                        new RegionId(2, 1),
                        new RegionId(1, 2),
                        new RegionId(0, 2),
                        new RegionId(0, 1),
                        new RegionId(1, 0),
                        new RegionId(2, 0));
    }

    @Test
    void cornersOfTheFieldHaveFewerNeighbours() {
        assertThat(hex.neighbours(new RegionId(0, 0))).containsExactly(new RegionId(1, 0), new RegionId(0, 1));
        assertThat(hex.neighbours(new RegionId(3, 0)))
                .containsExactly(new RegionId(3, 1), new RegionId(2, 1), new RegionId(2, 0));
    }

    @Test
    void aPositionBelongsToTheNearestCentreInTheFieldAndBeyond() {
        for (long seed = 1; seed <= 20; seed++) {
            Rng rng = new Rng(seed);
            for (int i = 0; i < 500; i++) {
                double x = rng.nextFloat(-2_000, 4_000);
                double y = rng.nextFloat(-2_000, 4_000);
                RegionId owner = hex.regionAt(x, y);
                for (RegionId other : hex.regions()) {
                    assertThat(distance(owner, x, y))
                            .as("seed %d: %s or %s at %s, %s", seed, owner, other, x, y)
                            .isLessThanOrEqualTo(distance(other, x, y) + 1e-9);
                }
            }
        }
    }

    @Test
    void distanceToBorderIgnoresTheWorldsEdge() {
        // West and south of (0, 0) is nobody: only the way to the east and north-east counts.
        assertThat(hex.distanceToBorder(new RegionId(0, 0), -200, 0))
                .isCloseTo(256 * Math.sqrt(3) / 2 + 100, within(1e-9));
        assertThat(hex.distanceToBorder(new RegionId(1, 1), 200, 0))
                .isCloseTo(256 * Math.sqrt(3) / 2 - 200, within(1e-9));
    }

    private double distance(RegionId region, double x, double y) {
        return Math.hypot(x - hex.originX(region), y - hex.originY(region));
    }

    @Test
    void sidesAreOpenWhereTheWorldEnds() {
        assertThat(hex.openSides(new RegionId(0, 0)).length / 3).isEqualTo(4);
        assertThat(hex.openSides(new RegionId(1, 1))).isEmpty();
    }
}
