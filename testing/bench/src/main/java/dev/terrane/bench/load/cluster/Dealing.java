package dev.terrane.bench.load.cluster;

import dev.terrane.server.cli.cluster.NodeFacts;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;

/** Deals the cells out to the sims by moves, as an administrator would. One thread. */
final class Dealing {
    private static final long WAIT_SECONDS_MAX = 60;

    private final Testbed bed;
    private final Calm calm;
    private final Consumer<String> progress;

    Dealing(Testbed bed, Calm calm, Consumer<String> progress) {
        this.bed = bed;
        this.calm = calm;
        this.progress = progress;
    }

    /** Every other cell, in the order of their names, is another sim's: most borders are between two. @return the map then */
    List<SeatedCell> alternately() throws InterruptedException {
        List<SeatedCell> cells = calm.await();
        return deal(cells, i -> i % bed.sims().size());
    }

    /** As many to each sim, those with like names together: how placement deals cells out that it has never measured, and about where it gets to within minutes after a sim has come back. @return the map then */
    List<SeatedCell> inBlocks() throws InterruptedException {
        List<SeatedCell> cells = calm.await();
        return deal(cells, i -> i * bed.sims().size() / cells.size());
    }

    /** @param simOf number of a sim by that of a cell, in the order of their names */
    private List<SeatedCell> deal(List<SeatedCell> cells, IntUnaryOperator simOf) throws InterruptedException {
        List<String> sims = bed.sims().stream().map(NodeFacts::name).toList();
        Map<String, String> wanted = new TreeMap<>();
        cells.forEach(each -> wanted.put(each.cell(), ""));
        int number = 0;
        for (Map.Entry<String, String> each : wanted.entrySet()) {
            each.setValue(sims.get(simOf.applyAsInt(number++)));
        }
        List<SeatedCell> now = cells;
        Set<String> asked = new HashSet<>();
        String refused = "";
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS_MAX);
        while (!owners(now).equals(wanted)) {
            if (asked.isEmpty()) {
                progress.accept("dealing %d cells out to %d sims".formatted(cells.size(), sims.size()));
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the cells are not where they should be after " + WAIT_SECONDS_MAX
                        + " s: " + owners(now) + " instead of " + wanted + "; " + refused);
            }
            for (SeatedCell each : now) {
                String to = wanted.getOrDefault(each.cell(), each.owner());
                if (!each.owner().equals(to) && !asked.contains(each.cell())) {
                    String answer = bed.move(each.cell(), to); // a sim that has just come back may not be known yet
                    refused = answer.isEmpty() ? refused : each.cell() + " cannot move to " + to + ": " + answer;
                    if (answer.isEmpty()) {
                        asked.add(each.cell());
                    }
                }
            }
            now = calm.await();
        }
        return now;
    }

    /** By cell, sorted. */
    static Map<String, String> owners(List<SeatedCell> cells) {
        Map<String, String> owners = new TreeMap<>();
        cells.forEach(each -> owners.put(each.cell(), each.owner()));
        return owners;
    }
}
