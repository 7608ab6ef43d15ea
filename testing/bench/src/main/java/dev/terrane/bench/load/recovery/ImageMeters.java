package dev.terrane.bench.load.recovery;

import dev.terrane.base.Meters;
import java.util.Map;
import java.util.function.LongSupplier;

/** Remembers how long the tick was held up by each image and by each base of the recorder, and nothing else. */
final class ImageMeters implements Meters {
    /** By both clocks. */
    record Pauses(Spread wall, Spread cpu) {
        Pauses() {
            this(new Spread(), new Spread());
        }

        void addAll(Pauses other) {
            wall.addAll(other.wall);
            cpu.addAll(other.cpu);
        }

        void report(String name, Map<String, Double> into) {
            wall.report(name, into);
            into.put(name + "CpuMicrosP99", cpu.microsAt(0.99));
            into.put(name + "CpuMicrosMax", cpu.microsAt(1));
        }
    }

    private final TwoClocks clocks;
    private final Pauses images;
    private final Pauses bases;

    /** @param clocks the cell's stopwatch */
    ImageMeters(TwoClocks clocks, Pauses images, Pauses bases) {
        this.clocks = clocks;
        this.images = images;
        this.bases = bases;
    }

    @Override
    public Count count(String name, String... labels) {
        return Meters.none().count(name, labels);
    }

    @Override
    public Distribution distribution(String name, String... labels) {
        return switch (name) {
            case "cell_image_nanos" -> into(images);
            case "cell_base_nanos" -> into(bases);
            default -> Meters.none().distribution(name, labels);
        };
    }

    private Distribution into(Pauses pauses) {
        return wallNanos -> {
            pauses.wall.add(wallNanos);
            pauses.cpu.add(clocks.cpuNanosLast());
        };
    }

    @Override
    public void gauge(String name, LongSupplier read, String... labels) {}
}
