package dev.terrane.bench.load.cluster;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Lets players roam over a world whose neighbouring cells are on different sims, and asks what they saw at each border. One thread. */
public final class HandoffTrial {
    private final Size size;
    private final Consumer<String> progress;

    /** What is to be measured, and on what. */
    public record Size(int seconds, ClusterSize cluster) {}

    public HandoffTrial(Size size, Consumer<String> progress) {
        this.size = size;
        this.progress = progress;
    }

    /** @param data folder of the cluster that is made for it */
    public Measured run(Path data) throws InterruptedException {
        try (Testbed bed = Testbed.open(size.cluster, false, data, progress);
                Crew crew = Crew.join(bed.socketUrl(), bed.tokens(), size.cluster.bots(), size.cluster.hz())) {
            Calm calm = new Calm(bed, crew);
            Map<String, String> owners = Dealing.owners(new Dealing(bed, calm, progress).alternately());
            progress.accept("%d seconds of play".formatted(size.seconds));
            NodeGauge.Reading before = bed.read(bed.sims());
            long begun = System.nanoTime();
            Thread.sleep(TimeUnit.SECONDS.toMillis(size.seconds));
            NodeGauge.Reading used = bed.read(bed.sims()).since(before);
            double seconds = (System.nanoTime() - begun) / 1e9;
            Crossings crossings = new Crossings(owners, size.cluster.tickMillis());
            int disconnects = 0;
            for (RoamingBot bot : crew.bots()) {
                crossings.add(bot.diary().since(begun));
                disconnects += bot.diary().lossesSince(begun);
            }
            Map<String, Double> values = new LinkedHashMap<>();
            values.put("seconds", seconds);
            values.putAll(crossings.values());
            values.put("disconnects", (double) disconnects);
            long entities = bed.entityCount();
            values.put("entities", (double) entities);
            values.put("linkBytesPerEntitySecond", used.linkBytes() / entities / seconds);
            values.put("standbyBytesPerEntitySecond", used.standbyBytes() / entities / seconds);
            boolean stayed = owners.equals(Dealing.owners(bed.cells()));
            return new Measured(values, crossings.complete() && stayed);
        }
    }
}
