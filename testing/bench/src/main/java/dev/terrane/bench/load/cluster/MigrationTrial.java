package dev.terrane.bench.load.cluster;

import dev.terrane.server.cli.cluster.NodeFacts;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Moves the cell with most players to another sim, over and over, and asks the players what they saw of it. One thread. */
public final class MigrationTrial {
    private static final long LOOK_NANOS_MAX = TimeUnit.SECONDS.toNanos(30);
    private static final long POLL_MILLIS = 10;
    private static final double NANOS_PER_MILLI = 1e6;

    private final Size size;
    private final Consumer<String> progress;

    /** What is to be measured, and on what. */
    public record Size(int moves, ClusterSize cluster) {}

    public MigrationTrial(Size size, Consumer<String> progress) {
        this.size = size;
        this.progress = progress;
    }

    /** @param data folder of the cluster that is made for it */
    public Measured run(Path data) throws InterruptedException {
        Findings findings = new Findings(size.cluster.tickMillis());
        long entities;
        try (Testbed bed = Testbed.open(size.cluster, false, data, progress);
                Crew crew = Crew.join(bed.socketUrl(), bed.tokens(), size.cluster.bots(), size.cluster.hz())) {
            Calm calm = new Calm(bed, crew);
            new Dealing(bed, calm, progress)
                    .alternately(); // where cells have never changed hands, nobody has practised it
            for (int i = 1; i <= size.moves; i++) {
                move(bed, crew, calm.awaitNothingSkipped(), findings);
                progress.accept("%d of %d done".formatted(i, size.moves));
            }
            entities = bed.entityCount();
        }
        Map<String, Double> values = findings.migration();
        values.put("entities", (double) entities);
        return new Measured(values, findings.complete());
    }

    private void move(Testbed bed, Crew crew, List<SeatedCell> cells, Findings findings) throws InterruptedException {
        SeatedCell moved = mostPlayed(cells, crew);
        String target = otherSim(bed, moved.owner());
        Blow blow = new Blow(crew, Set.of(moved.cell()), size.cluster.tickMillis());
        String refused = bed.move(moved.cell(), target);
        if (!refused.isEmpty()) {
            throw new IllegalStateException(moved.cell() + " cannot move to " + target + ": " + refused);
        }
        double settled = Double.NaN;
        while (System.nanoTime() - blow.atNanos() < LOOK_NANOS_MAX) {
            if (Double.isNaN(settled) && ownedBy(bed.coordinatorsCells(), moved.cell(), target)) {
                settled = (System.nanoTime() - blow.atNanos()) / NANOS_PER_MILLI;
            }
            if (!Double.isNaN(settled) && blow.allPlayOn()) {
                break;
            }
            Thread.sleep(POLL_MILLIS);
        }
        findings.blow(settled, 0);
        blow.tell(findings);
        progress.accept(String.format(
                Locale.ROOT,
                "moved %s with %d players from %s to %s: there after %.0f ms",
                moved.cell(),
                blow.hitCount(),
                moved.owner(),
                target,
                settled));
    }

    private static SeatedCell mostPlayed(List<SeatedCell> cells, Crew crew) {
        Map<String, Integer> players = new HashMap<>();
        for (RoamingBot bot : crew.bots()) {
            Sighting last = bot.diary().lastNews();
            if (last != null) {
                players.merge(last.cell(), 1, Integer::sum);
            }
        }
        return cells.stream()
                .max(Comparator.comparingInt((SeatedCell each) -> players.getOrDefault(each.cell(), 0))
                        .thenComparing(SeatedCell::cell))
                .orElseThrow();
    }

    private static String otherSim(Testbed bed, String than) {
        return bed.sims().stream()
                .map(NodeFacts::name)
                .filter(name -> !name.equals(than))
                .findFirst()
                .orElseThrow();
    }

    private static boolean ownedBy(Optional<List<SeatedCell>> cells, String cell, String node) {
        return cells.isPresent()
                && cells.get().stream()
                        .anyMatch(
                                each -> each.cell().equals(cell) && each.owner().equals(node));
    }
}
