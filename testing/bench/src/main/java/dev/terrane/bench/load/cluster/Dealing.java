package dev.terrane.bench.load.cluster;

import dev.terrane.server.cli.cluster.NodeFacts;
import java.util.List;
import java.util.Map;
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
        if (owners(cells).equals(wanted)) {
            return cells;
        }
        progress.accept("dealing %d cells out to %d sims".formatted(cells.size(), sims.size()));
        for (SeatedCell each : cells) {
            String to = wanted.getOrDefault(each.cell(), each.owner());
            String refused = each.owner().equals(to) ? "" : bed.move(each.cell(), to);
            if (!refused.isEmpty()) {
                throw new IllegalStateException(each.cell() + " cannot move to " + to + ": " + refused);
            }
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS_MAX);
        List<SeatedCell> now = calm.await();
        while (!owners(now).equals(wanted)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the cells are not where they should be after " + WAIT_SECONDS_MAX
                        + " s: " + owners(now) + " instead of " + wanted);
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
