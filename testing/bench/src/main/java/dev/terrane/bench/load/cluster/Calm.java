package dev.terrane.bench.load.cluster;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Waits until a blow would hit a whole cluster: every cell runs and has a copy that could go on, every player has news of himself. One thread. */
final class Calm {
    private static final long WAIT_SECONDS_MAX = 180;
    private static final long POLL_MILLIS = 200;
    /** Whole for that long without a break, or the leader is still thinking about something. */
    private static final long WHOLE_SECONDS = 2;
    /** Where no coordinator tells which copies are whole: the logs have said nothing about any for this long. A copy that is not whole asks within a second or two. */
    private static final long QUIET_SECONDS = 8;

    /** A buffer with too much in it drops an input every 20 ticks: who has lost none for that long will not. */
    private static final long UNSKIPPED_SECONDS = 5;

    private static final long UNSKIPPED_SECONDS_MAX = 60;

    private static final Pattern ABOUT_COPIES = Pattern.compile("the copy asks for a base|the leader decides");

    private final Testbed bed;
    private final Crew crew;

    Calm(Testbed bed, Crew crew) {
        this.bed = bed;
        this.crew = crew;
    }

    /**
     * The map when it was reached.
     *
     * @throws IllegalStateException when it is not reached, with what lacks
     */
    List<SeatedCell> await() throws InterruptedException {
        return await(true);
    }

    /** And no cell has an input of anybody too much, from when he joined or from the blow before: what is skipped afterwards is skipped because of the next. Where some are always skipped it is not waited for longer than a minute. */
    List<SeatedCell> awaitNothingSkipped() throws InterruptedException {
        await();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(UNSKIPPED_SECONDS_MAX);
        while (System.nanoTime() < end
                && crew.skippedSince(System.nanoTime() - TimeUnit.SECONDS.toNanos(UNSKIPPED_SECONDS)) > 0) {
            Thread.sleep(POLL_MILLIS);
        }
        return await();
    }

    /** Like the other. @param copies false: without waiting for any */
    List<SeatedCell> await(boolean copies) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS_MAX);
        List<Path> logs = bed.logs();
        List<LogTail> tails = logs.stream().map(LogTail::atEndOf).toList();
        long troubledAt = System.nanoTime();
        Map<String, Integer> troubles = new LinkedHashMap<>();
        while (System.nanoTime() < end) {
            Optional<List<SeatedCell>> told = bed.coordinatorsCells();
            List<SeatedCell> cells = told.isPresent() ? told.get() : bed.cells();
            boolean talk = isTalk(tails); // read in any case: what is old news must not be new later
            String lack = lack(cells, copies && told.isPresent());
            if (!lack.isEmpty() || copies && told.isEmpty() && talk) {
                troubledAt = System.nanoTime();
                String unsaid = told.isPresent() ? "" : " (coordinators: " + bed.coordinatorsTrouble() + ")";
                troubles.merge((lack.isEmpty() ? "copies are still being made" : lack) + unsaid, 1, Integer::sum);
            }
            long seconds = told.isPresent() ? WHOLE_SECONDS : QUIET_SECONDS;
            if (System.nanoTime() - troubledAt > TimeUnit.SECONDS.toNanos(seconds)) {
                return cells;
            }
            Thread.sleep(POLL_MILLIS);
        }
        throw new IllegalStateException(
                "after " + WAIT_SECONDS_MAX + " s the cluster is not whole; how often it was found so: " + troubles);
    }

    private static boolean isTalk(List<LogTail> tails) {
        boolean found = false;
        for (LogTail tail : tails) {
            found |= tail.more().stream()
                    .anyMatch(line -> ABOUT_COPIES.matcher(line).find());
        }
        return found;
    }

    private String lack(List<SeatedCell> cells, boolean copiesKnown) {
        if (cells.isEmpty()) {
            return "nobody says which cells run";
        }
        if (!SeatedCell.allRun(cells)) {
            return "not all cells run";
        }
        long bare = cells.stream().filter(each -> !each.covered()).count();
        if (copiesKnown && bare > 0) {
            return bare + " of " + cells.size() + " cells have no copy that could go on";
        }
        int awake = crew.awakeSince(System.nanoTime() - TimeUnit.SECONDS.toNanos(1));
        int all = crew.bots().size();
        return awake < all ? all - awake + " of " + all + " players have no news of themselves" : "";
    }
}
