package dev.terrane.bench.load.cluster;

import dev.terrane.server.cli.cluster.NodeFacts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
            Map<String, String> owners = owners(alternate(bed, calm));
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
            boolean stayed = owners.equals(owners(bed.cells()));
            return new Measured(values, crossings.complete() && stayed);
        }
    }

    /** Every other cell, in the order of their names, is another sim's: most borders are between two. */
    private List<SeatedCell> alternate(Testbed bed, Calm calm) throws InterruptedException {
        List<String> sims = bed.sims().stream().map(NodeFacts::name).toList();
        List<SeatedCell> cells = calm.await();
        List<String> names = new ArrayList<>(owners(cells).keySet());
        progress.accept("every other cell goes to another sim");
        for (SeatedCell each : cells) {
            String wanted = sims.get(names.indexOf(each.cell()) % sims.size());
            if (!each.owner().equals(wanted)) {
                String refused = bed.move(each.cell(), wanted);
                if (!refused.isEmpty()) {
                    throw new IllegalStateException(each.cell() + " cannot move to " + wanted + ": " + refused);
                }
            }
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        List<SeatedCell> now = calm.await();
        while (owners(now).entrySet().stream()
                .anyMatch(each -> !each.getValue().equals(sims.get(names.indexOf(each.getKey()) % sims.size())))) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the cells are not where they should be after a minute");
            }
            now = calm.await();
        }
        return now;
    }

    private static Map<String, String> owners(List<SeatedCell> cells) {
        Map<String, String> owners = new TreeMap<>();
        cells.forEach(each -> owners.put(each.cell(), each.owner()));
        return owners;
    }
}
