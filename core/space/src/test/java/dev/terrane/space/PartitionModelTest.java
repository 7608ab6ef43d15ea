package dev.terrane.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every partition, tried on random ones of every kind at random positions. */
class PartitionModelTest {
    private static final int POSITION_COUNT = 2_000;

    /** Closer to a border than this, the last bits of the arithmetic decide. */
    private static final double BORDER_METRES = 1e-6;

    static List<Seeded> partitions() {
        Rng seeds = new Rng(20_261_121);
        return IntStream.range(0, 24)
                .mapToObj(i -> seeds.nextLong())
                .map(Seeded::new)
                .toList();
    }

    /** A partition that its seed repeats; JUnit prints it with a failure. */
    record Seeded(long seed, Partition partition) {
        Seeded(long seed) {
            this(seed, random(new Rng(seed)));
        }

        Rng rng() {
            return new Rng(Rng.mix(seed));
        }
    }

    private static Partition random(Rng rng) {
        return switch (rng.nextInt(5)) {
            case 0 -> new SinglePartition(10 + 1000 * rng.nextFloat(), 10 + 1000 * rng.nextFloat());
            case 1 -> new StripPartition(1 + rng.nextInt(9), 1 + 700 * rng.nextFloat(), 1 + 700 * rng.nextFloat());
            default -> new HexPartition(1 + rng.nextInt(6), 1 + rng.nextInt(6), 1 + 300 * rng.nextFloat());
        };
    }

    @ParameterizedTest
    @MethodSource("partitions")
    void everyPositionHasOneRegionOfThisWorld(Seeded seeded) {
        Partition partition = seeded.partition();
        Rng rng = seeded.rng();
        for (int i = 0; i < POSITION_COUNT; i++) {
            double x = rng.nextFloat(-4_000, 8_000);
            double y = rng.nextFloat(-4_000, 8_000);
            RegionId region = partition.regionAt(x, y);
            assertThat(partition.contains(region)).isTrue();
            assertThat(partition.regions()).contains(region);
            assertThat(partition.regionAt(x, y)).isEqualTo(region);
        }
    }

    @ParameterizedTest
    @MethodSource("partitions")
    void distanceToBorderIsPositiveExactlyInTheOwnRegion(Seeded seeded) {
        Partition partition = seeded.partition();
        Rng rng = seeded.rng();
        for (int i = 0; i < POSITION_COUNT; i++) {
            RegionId home = pick(partition, rng);
            Bounds bounds = partition.bounds(home);
            double x = partition.originX(home) + rng.nextFloat((float) bounds.minX(), (float) bounds.maxX());
            double y = partition.originY(home) + rng.nextFloat((float) bounds.minY(), (float) bounds.maxY());
            RegionId owner = partition.regionAt(x, y);
            if (!inside(partition.outline(owner), x, y)) {
                continue; // beyond the world's edge
            }
            for (RegionId region : partition.regions()) {
                double distance = partition.distanceToBorder(
                        region, x - partition.originX(region), y - partition.originY(region));
                if (region.equals(owner)) {
                    assertThat(distance).as("own %s at %s, %s", region, x, y).isGreaterThan(-BORDER_METRES);
                } else {
                    assertThat(distance).as("other %s at %s, %s", region, x, y).isLessThan(BORDER_METRES);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("partitions")
    void theOwnRegionIsTheOneWhoseOutlineIsAround(Seeded seeded) {
        Partition partition = seeded.partition();
        Rng rng = seeded.rng();
        for (int i = 0; i < POSITION_COUNT; i++) {
            RegionId region = pick(partition, rng);
            double[] outline = partition.outline(region);
            // Towards a random point of the outline, but not quite there.
            int corner = rng.nextInt(outline.length / 2);
            int next = (corner + 1) % (outline.length / 2);
            double along = rng.nextFloat();
            double reach = 0.999 * rng.nextFloat();
            double x = lerp(partition.originX(region), lerp(outline[corner * 2], outline[next * 2], along), reach);
            double y =
                    lerp(partition.originY(region), lerp(outline[corner * 2 + 1], outline[next * 2 + 1], along), reach);
            assertThat(partition.regionAt(x, y)).as("%s, %s", x, y).isEqualTo(region);
        }
    }

    @ParameterizedTest
    @MethodSource("partitions")
    void neighboursAreSymmetricAndShareABorder(Seeded seeded) {
        Partition partition = seeded.partition();
        for (RegionId region : partition.regions()) {
            assertThat(partition.neighbours(region)).doesNotContain(region).doesNotHaveDuplicates();
            for (RegionId neighbour : partition.neighbours(region)) {
                assertThat(partition.neighbours(neighbour)).contains(region);
                double midX = (partition.originX(region) + partition.originX(neighbour)) / 2;
                double midY = (partition.originY(region) + partition.originY(neighbour)) / 2;
                assertThat(partition.distanceToBorder(
                                region, midX - partition.originX(region), midY - partition.originY(region)))
                        .isCloseTo(0, within(BORDER_METRES));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("partitions")
    void boundsAreTheSmallestAroundTheOutline(Seeded seeded) {
        Partition partition = seeded.partition();
        for (RegionId region : partition.regions()) {
            double[] outline = partition.outline(region);
            Bounds bounds = partition.bounds(region);
            double minX = Double.POSITIVE_INFINITY;
            double minY = Double.POSITIVE_INFINITY;
            double maxX = Double.NEGATIVE_INFINITY;
            double maxY = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < outline.length; i += 2) {
                minX = Math.min(minX, outline[i] - partition.originX(region));
                maxX = Math.max(maxX, outline[i] - partition.originX(region));
                minY = Math.min(minY, outline[i + 1] - partition.originY(region));
                maxY = Math.max(maxY, outline[i + 1] - partition.originY(region));
            }
            assertThat(bounds.minX()).isCloseTo(minX, within(1e-9));
            assertThat(bounds.maxX()).isCloseTo(maxX, within(1e-9));
            assertThat(bounds.minY()).isCloseTo(minY, within(1e-9));
            assertThat(bounds.maxY()).isCloseTo(maxY, within(1e-9));
        }
    }

    @ParameterizedTest
    @MethodSource("partitions")
    void theOutlineRunsCounterClockwise(Seeded seeded) {
        Partition partition = seeded.partition();
        for (RegionId region : partition.regions()) {
            assertThat(inside(partition.outline(region), partition.originX(region), partition.originY(region)))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("partitions")
    void itsDescriptionRebuildsIt(Seeded seeded) {
        assertThat(Partition.parse(seeded.partition().describe())).isEqualTo(seeded.partition());
    }

    @ParameterizedTest
    @MethodSource("partitions")
    void refusesPositionsThatAreNotFiniteAndRegionsOfOtherWorlds(Seeded seeded) {
        Partition partition = seeded.partition();
        assertThatThrownBy(() -> partition.regionAt(Double.NaN, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> partition.regionAt(0, Double.NEGATIVE_INFINITY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not finite");
        RegionId foreign = new RegionId(Integer.MAX_VALUE, Integer.MAX_VALUE);
        assertThat(partition.contains(foreign)).isFalse();
        assertThatThrownBy(() -> partition.originX(foreign)).hasMessageContaining("not part of this world");
        assertThatThrownBy(() -> partition.neighbours(foreign)).hasMessageContaining("not part of this world");
    }

    private static RegionId pick(Partition partition, Rng rng) {
        return partition.regions().get(rng.nextInt(partition.regions().size()));
    }

    private static double lerp(double from, double to, double share) {
        return from + (to - from) * share;
    }

    /** Left of every edge: only true in a convex outline that runs counter-clockwise. */
    private static boolean inside(double[] outline, double x, double y) {
        for (int i = 0; i < outline.length; i += 2) {
            int next = (i + 2) % outline.length;
            double cross = (outline[next] - outline[i]) * (y - outline[i + 1])
                    - (outline[next + 1] - outline[i + 1]) * (x - outline[i]);
            if (cross < 0) {
                return false;
            }
        }
        return true;
    }
}
