package dev.terrane.space;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Fixes the answers that other languages must give, in {@code golden/partitions.json}. After a wanted change run this test with
 * {@code -Dgolden.write=true}, read the difference, and commit it together with the change of the other languages.
 */
class PartitionGoldenTest {
    private static final Path FILE = Path.of("src/test/resources/golden/partitions.json");

    @Test
    void answersAreThoseOfTheGoldenFile() throws IOException {
        List<Partition> partitions = List.of(
                new SinglePartition(400, 300),
                new StripPartition(4, 512, 1024),
                new HexPartition(4, 4, 256),
                new HexPartition(3, 5, 100.5),
                new HexPartition(1, 1, 64));
        String json = "{\n\"partitions\": [\n"
                + partitions.stream().map(PartitionGoldenTest::partition).collect(Collectors.joining(",\n"))
                + "\n],\n\"chunks\": [\n"
                + chunks(new HexPartition(4, 4, 256).bounds(RegionId.ORIGIN), 64)
                + ",\n"
                + chunks(new Bounds(-256, -512, 256, 512), 100)
                + "\n]\n}\n";
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(FILE, json);
        }
        assertThat(json).isEqualTo(Files.readString(FILE));
    }

    private static String partition(Partition partition) {
        Rng rng = new Rng(partition.describe().length());
        return "{\"describe\": \"" + partition.describe() + "\",\n\"regions\": [\n"
                + partition.regions().stream().map(r -> region(partition, r)).collect(Collectors.joining(",\n"))
                + "],\n\"positions\": [\n"
                + lines(60, () -> position(partition, rng.nextFloat(-900, 2_600), rng.nextFloat(-900, 2_600)))
                + "],\n\"borders\": [\n"
                + lines(40, () -> border(partition, rng))
                + "]}";
    }

    private static String region(Partition partition, RegionId region) {
        return "{" + id(region) + ", \"originX\": " + partition.originX(region) + ", \"originY\": "
                + partition.originY(region) + ", \"bounds\": " + bounds(partition.bounds(region)) + ",\n \"outline\": "
                + DoubleStream.of(partition.outline(region))
                        .mapToObj(Double::toString)
                        .collect(Collectors.joining(", ", "[", "]"))
                + ",\n \"openSides\": "
                + floats(partition.openSides(region))
                + ",\n \"neighbours\": "
                + partition.neighbours(region).stream()
                        .map(n -> "[" + n.a() + ", " + n.b() + "]")
                        .collect(Collectors.joining(", ", "[", "]"))
                + "}";
    }

    /** Each as the double it is, so that whoever reads doubles has it to the bit. */
    private static String floats(float[] values) {
        return IntStream.range(0, values.length)
                .mapToObj(i -> Double.toString(values[i]))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String position(Partition partition, double x, double y) {
        return "{\"x\": " + x + ", \"y\": " + y + ", " + id(partition.regionAt(x, y)) + "}";
    }

    /** An infinite distance is written as null. */
    private static String border(Partition partition, Rng rng) {
        RegionId region =
                partition.regions().get(rng.nextInt(partition.regions().size()));
        double x = rng.nextFloat(-300, 300);
        double y = rng.nextFloat(-300, 300);
        double distance = partition.distanceToBorder(region, x, y);
        return "{" + id(region) + ", \"localX\": " + x + ", \"localY\": " + y + ", \"distance\": "
                + (Double.isInfinite(distance) ? "null" : Double.toString(distance)) + "}";
    }

    private static String chunks(Bounds bounds, double side) {
        ChunkGrid grid = new ChunkGrid(bounds, side);
        Rng rng = new Rng(grid.chunkCount());
        return "{\"bounds\": " + bounds(bounds) + ", \"side\": " + side + ", \"columns\": " + grid.columns()
                + ", \"rows\": " + grid.rows() + ",\n\"positions\": [\n"
                + lines(40, () -> {
                    float x = rng.nextFloat(-600, 600);
                    float y = rng.nextFloat(-600, 600);
                    return "{\"x\": " + (double) x + ", \"y\": " + (double) y + ", \"chunk\": " + grid.chunkAt(x, y)
                            + "}";
                })
                + "],\n\"within\": [\n"
                + lines(20, () -> {
                    double x = rng.nextFloat(-300, 300);
                    double y = rng.nextFloat(-300, 300);
                    double radius = rng.nextFloat(10, 250);
                    List<Integer> found = new ArrayList<>();
                    grid.chunksWithin(x, y, radius, found::add);
                    return "{\"x\": " + x + ", \"y\": " + y + ", \"radius\": " + radius + ", \"chunks\": " + found
                            + "}";
                })
                + "]}";
    }

    private static String lines(int count, Supplier<String> line) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(line.get());
        }
        return String.join(",\n", all);
    }

    private static String id(RegionId region) {
        return "\"a\": " + region.a() + ", \"b\": " + region.b();
    }

    private static String bounds(Bounds bounds) {
        return "[" + bounds.minX() + ", " + bounds.minY() + ", " + bounds.maxX() + ", " + bounds.maxY() + "]";
    }
}
