package dev.terrane.bench.load.cluster;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The same world and players on one, two, three… sims, without copies and with them: what an entity costs. One thread. */
public final class ScaleTrial {
    private static final double MICROS_PER_SECOND = 1e6;

    private final Size size;
    private final Consumer<String> progress;

    /**
     * What is to be measured.
     *
     * @param fewerEntities each is measured with so many, too, to tell what costs something however many there are; 0: is not
     * @param cluster with the most sims, and with all entities
     */
    public record Size(int seconds, int warmUpSeconds, int fewerEntities, ClusterSize cluster) {}

    /**
     * What all sims used up in a second.
     *
     * @param entities of the whole world, as they were counted
     */
    record Used(double entities, double cores, double compilerCores, double linkBytes, double standbyBytes) {
        /** Microseconds of processor per second for each entity that this has more than the other. */
        double microsPerFurtherEntity(Used fewer) {
            return (cores - fewer.cores) * MICROS_PER_SECOND / (entities - fewer.entities);
        }

        /** What would be left if there were none: the line through both goes there. */
        double coresWithoutEntities(Used fewer) {
            return cores - microsPerFurtherEntity(fewer) * entities / MICROS_PER_SECOND;
        }
    }

    public ScaleTrial(Size size, Consumer<String> progress) {
        this.size = size;
        this.progress = progress;
    }

    /** The numbers by name, in the order in which they are to be told. @param data folder of the clusters that are made for it */
    public Measured run(Path data) throws InterruptedException {
        Map<String, Double> values = new LinkedHashMap<>();
        for (int sims = 1; sims <= size.cluster.sims(); sims++) {
            measure(data, sims, false, values);
            if (sims > 1) {
                measure(data, sims, true, values);
            }
        }
        return new Measured(values, true);
    }

    private void measure(Path data, int sims, boolean copies, Map<String, Double> values) throws InterruptedException {
        String name = "sims" + sims + (copies ? "Standbys" : "");
        Used all = used(data.resolve(name), cluster(size.cluster, sims, copies), copies);
        values.put(name + "Entities", all.entities);
        values.put(name + "Cores", all.cores);
        values.put(name + "CompilerCores", all.compilerCores);
        values.put(name + "CpuMicrosPerEntitySecond", all.cores * MICROS_PER_SECOND / all.entities);
        values.put(name + "LinkBytesPerEntitySecond", all.linkBytes / all.entities);
        values.put(name + "StandbyBytesPerEntitySecond", all.standbyBytes / all.entities);
        if (size.fewerEntities > 0) {
            ClusterSize smaller = cluster(size.cluster, sims, copies).withEntities(size.fewerEntities);
            Used fewer = used(data.resolve(name + "Fewer"), smaller, copies);
            values.put(name + "FewerEntities", fewer.entities);
            values.put(name + "FewerCores", fewer.cores);
            values.put(name + "CpuMicrosPerFurtherEntitySecond", all.microsPerFurtherEntity(fewer));
            values.put(name + "CoresWithoutEntities", all.coresWithoutEntities(fewer));
        }
    }

    private Used used(Path data, ClusterSize cluster, boolean copies) throws InterruptedException {
        progress.accept(
                "%d sims, about %,d entities, copies: %s".formatted(cluster.sims(), cluster.entities(), copies));
        try (Testbed bed = Testbed.open(cluster, false, data, progress);
                Crew crew = Crew.join(bed.socketUrl(), bed.tokens(), cluster.bots(), cluster.hz())) {
            new Calm(bed, crew).await(copies);
            Thread.sleep(TimeUnit.SECONDS.toMillis(size.warmUpSeconds));
            NodeGauge.Reading before = bed.read(bed.sims());
            long begun = System.nanoTime();
            Thread.sleep(TimeUnit.SECONDS.toMillis(size.seconds));
            NodeGauge.Reading used = bed.read(bed.sims()).since(before);
            double seconds = (System.nanoTime() - begun) / 1e9;
            return new Used(
                    bed.entityCount(),
                    used.cpuMicros() / MICROS_PER_SECOND / seconds,
                    used.compilerMicros() / MICROS_PER_SECOND / seconds,
                    used.linkBytes() / seconds,
                    used.standbyBytes() / seconds);
        }
    }

    static ClusterSize cluster(ClusterSize wanted, int sims, boolean copies) {
        Map<String, String> set = new LinkedHashMap<>(wanted.set());
        set.put("cluster.standbys", Boolean.toString(copies));
        return wanted.with(sims, Map.copyOf(set));
    }
}
