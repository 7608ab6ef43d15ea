package dev.terrane.bench.load.cluster;

import dev.terrane.server.cli.cluster.NodeFacts;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Hurts a sim, over and over, and asks the players what they saw of it. One thread. */
public final class FailoverTrial {
    private static final long LOOK_NANOS_MAX = TimeUnit.SECONDS.toNanos(30);
    /** A node whose cells nobody has taken by now, after it is well again, keeps them. */
    private static final long TAKEN_NANOS_MAX = TimeUnit.SECONDS.toNanos(5);

    private static final long LOG_POLL_MILLIS = 5;
    private static final double NANOS_PER_MILLI = 1e6;
    /** A cell runs again; the second group is there when it had to fall back to what is stored. */
    private static final Pattern RUNS = Pattern.compile(
            "(goes on here|(started from what is stored|restarted from its checkpoint)).* cell=[^ /]+/(\\S+)");

    private final Size size;
    private final Consumer<String> progress;

    /**
     * @param calmSeconds without any fault before the first kill
     * @param restSeconds before each kill, once all is whole
     * @param commandsPerSecond of all players together; 0: none
     * @param fault what is done to the node
     * @param withLeader the same to the coordinator that leads, at the same moment
     * @param turns one sim after the other, not the same each time
     */
    public record Size(
            int kills,
            int calmSeconds,
            int restSeconds,
            double commandsPerSecond,
            Fault fault,
            boolean withLeader,
            boolean turns,
            ClusterSize cluster) {}

    public FailoverTrial(Size size, Consumer<String> progress) {
        this.size = size;
        this.progress = progress;
    }

    /** @param data folder of the cluster that is made for it */
    public Measured run(Path data) throws InterruptedException {
        Findings findings = new Findings(size.cluster.tickMillis());
        boolean cables = size.fault instanceof Fault.CutOff;
        Map<String, Double> values = new LinkedHashMap<>();
        boolean complete;
        try (Testbed bed = Testbed.open(size.cluster, cables, data, progress);
                Crew crew = Crew.join(bed.socketUrl(), bed.tokens(), size.cluster.bots(), size.cluster.hz());
                Commerce commerce = new Commerce(crew, bed.books(), progress)) {
            Calm calm = new Calm(bed, crew);
            if (size.commandsPerSecond > 0) {
                calm.await();
                commerce.begin(size.commandsPerSecond);
            }
            double changes = calmSeconds(bed, calm);
            Dealing dealing = new Dealing(bed, calm, progress);
            if (size.kills > 0) {
                dealing.alternately(); // where cells have never changed hands, nobody has practised it
            }
            String victim = "";
            for (int i = 1; i <= size.kills; i++) {
                dealing.inBlocks();
                Thread.sleep(TimeUnit.SECONDS.toMillis(size.restSeconds));
                List<SeatedCell> cells = calm.await();
                victim = size.turns || victim.isEmpty() ? SeatedCell.busiest(cells, victim) : victim;
                Predicate<SeatedCell> isHit = SeatedCell.ownedBy(victim);
                Set<String> struck =
                        cells.stream().filter(isHit).map(SeatedCell::cell).collect(Collectors.toSet());
                List<NodeFacts> victims =
                        size.withLeader ? List.of(bed.leader(), bed.node(victim)) : List.of(bed.node(victim));
                strike(bed, crew, victims, struck, findings);
                progress.accept("%d of %d done".formatted(i, size.kills));
                if (i < size.kills) {
                    victims.stream()
                            .map(NodeFacts::name)
                            .filter(name -> !bed.runs(name))
                            .forEach(bed::revive);
                }
            }
            if (size.calmSeconds > 0) {
                values.put("calmSeconds", (double) size.calmSeconds);
                values.put("promotionsInCalm", changes);
            }
            values.put("restSeconds", (double) size.restSeconds);
            values.put("turns", size.turns ? 1.0 : 0);
            values.putAll(findings.failover());
            complete = size.kills == 0 || findings.complete();
            if (size.commandsPerSecond > 0) {
                Commerce.Outcome outcome = commerce.end();
                values.putAll(outcome.values());
                complete &= outcome.complete();
            }
        }
        return new Measured(values, complete);
    }

    /** Lets everybody play. How often a cell has changed its owner meanwhile, or started anew. */
    private double calmSeconds(Testbed bed, Calm calm) throws InterruptedException {
        if (size.calmSeconds == 0) {
            return 0;
        }
        calm.await();
        progress.accept("%d seconds without a fault".formatted(size.calmSeconds));
        Map<String, Long> before = bed.epochs();
        Thread.sleep(TimeUnit.SECONDS.toMillis(size.calmSeconds));
        Map<String, Long> after = bed.epochs();
        return after.entrySet().stream()
                .mapToDouble(each -> each.getValue() - before.getOrDefault(each.getKey(), 0L))
                .sum();
    }

    /** @param victims the last of them is the sim that has the struck cells */
    private void strike(Testbed bed, Crew crew, List<NodeFacts> victims, Set<String> struck, Findings findings)
            throws InterruptedException {
        String victim = victims.getLast().name();
        List<LogTail> tails = bed.sims().stream()
                .filter(sim -> !sim.name().equals(victim))
                .map(NodeFacts::log)
                .map(LogTail::atEndOf)
                .toList();
        long lasts = size.fault.nanos();
        boolean ill = lasts > 0;
        Blow blow = new Blow(crew, struck, size.cluster.tickMillis());
        size.fault.begin(victims);
        Set<String> missing = blow.struckCells();
        int cold = 0;
        double recovered = Double.NaN;
        try {
            while (System.nanoTime() - blow.atNanos() < LOOK_NANOS_MAX) {
                long since = System.nanoTime() - blow.atNanos();
                if (ill && since >= lasts) {
                    size.fault.end(victims);
                    ill = false;
                }
                cold += remove(missing, tails);
                if (missing.isEmpty() && Double.isNaN(recovered)) {
                    recovered = (System.nanoTime() - blow.atNanos()) / NANOS_PER_MILLI;
                }
                boolean kept = lasts > 0 && missing.size() == struck.size() && since > lasts + TAKEN_NANOS_MAX;
                if (!ill && (kept || missing.isEmpty()) && blow.allPlayOn()) {
                    recovered = kept ? blow.millisUntilNews(System.nanoTime()) : recovered;
                    break;
                }
                Thread.sleep(LOG_POLL_MILLIS);
            }
        } finally {
            if (ill) {
                size.fault.end(victims); // or it could not even be asked to end
            }
        }
        findings.blow(recovered, cold);
        blow.tell(findings);
        progress.accept(String.format(
                Locale.ROOT,
                "%s %s with %d cells and %d players: all cells run after %.0f ms, %s",
                String.join(" and ", victims.stream().map(NodeFacts::name).toList()),
                size.fault.word(),
                struck.size(),
                blow.hitCount(),
                recovered,
                blow.longest(System.nanoTime())));
    }

    /** Takes out those that run again; how many of them had to fall back to what is stored. */
    private static int remove(Set<String> missing, List<LogTail> tails) {
        int cold = 0;
        for (LogTail tail : tails) {
            for (String line : tail.more()) {
                Matcher runs = RUNS.matcher(line);
                if (runs.find() && missing.remove(runs.group(3)) && runs.group(2) != null) {
                    cold++;
                }
            }
        }
        return cold;
    }
}
