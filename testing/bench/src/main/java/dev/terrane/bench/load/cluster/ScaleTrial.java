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

    /** What is to be measured. @param cluster with the most sims */
    public record Size(int seconds, int warmUpSeconds, ClusterSize cluster) {}

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
        progress.accept("%d sims, copies: %s".formatted(sims, copies));
        try (Testbed bed = Testbed.open(cluster(size.cluster, sims, copies), false, data.resolve(name), progress);
                Crew crew = Crew.join(bed.socketUrl(), bed.tokens(), size.cluster.bots(), size.cluster.hz())) {
            new Calm(bed, crew).await(copies);
            Thread.sleep(TimeUnit.SECONDS.toMillis(size.warmUpSeconds));
            NodeGauge.Reading before = bed.read(bed.sims());
            long begun = System.nanoTime();
            Thread.sleep(TimeUnit.SECONDS.toMillis(size.seconds));
            NodeGauge.Reading used = bed.read(bed.sims()).since(before);
            double seconds = (System.nanoTime() - begun) / 1e9;
            long entities = bed.entityCount();
            values.put(name + "Entities", (double) entities);
            values.put(name + "Cores", used.cpuMicros() / MICROS_PER_SECOND / seconds);
            values.put(name + "CpuMicrosPerEntitySecond", used.cpuMicros() / entities / seconds);
            values.put(name + "LinkBytesPerEntitySecond", used.linkBytes() / entities / seconds);
            values.put(name + "StandbyBytesPerEntitySecond", used.standbyBytes() / entities / seconds);
        }
    }

    static ClusterSize cluster(ClusterSize wanted, int sims, boolean copies) {
        Map<String, String> set = new LinkedHashMap<>(wanted.set());
        set.put("cluster.standbys", Boolean.toString(copies));
        return wanted.with(sims, Map.copyOf(set));
    }
}
