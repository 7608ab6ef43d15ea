package dev.terrane.bench.load.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Durable commands while nodes are hurt: players get money, pay into hexes, and in the end the books are compared with what they were told. One thread. */
final class Commerce implements AutoCloseable {
    /** More than anybody can spend here. */
    private static final long PURSE_CREDITS = 1_000_000_000;

    private static final long WAIT_SECONDS_MAX = 120;
    private static final long POLL_MILLIS = 200;
    /** Of those that are named one by one. */
    private static final int OPEN_COUNT_MAX = 5;

    private final Crew crew;
    private final Books books;
    private final Consumer<String> progress;

    Commerce(Crew crew, Books books, Consumer<String> progress) {
        this.crew = crew;
        this.books = books;
        this.progress = progress;
    }

    /** Everybody gets money, and then pays from now on. @param perSecond all together */
    void begin(double perSecond) throws InterruptedException {
        progress.accept("filling purses");
        books.fill(owners(), PURSE_CREDITS);
        if (!await(() ->
                books.filled(owners()) && !crew.bots().getFirst().regions().isEmpty())) {
            throw new IllegalStateException("nobody has got money after " + WAIT_SECONDS_MAX + " s");
        }
        crew.invest(perSecond);
    }

    private List<String> owners() {
        return crew.bots().stream().map(RoamingBot::owner).toList();
    }

    private static boolean await(BooleanSupplier what) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS_MAX);
        while (!what.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(POLL_MILLIS);
        }
        return true;
    }

    /** Nobody pays any more; waits for what is under way, and adds everything up. */
    Outcome end() throws InterruptedException {
        crew.invest(0);
        progress.accept("waiting for the ends of what was asked for");
        Investors investors = crew.investors();
        boolean ended = await(() -> investors.openCount() == 0);
        List<Investment> asked = investors.asked();
        if (!ended) {
            progress.accept(investors.openCount() + " of " + asked.size() + " commands have no end: "
                    + asked.stream()
                            .filter(Investment::isOpen)
                            .limit(OPEN_COUNT_MAX)
                            .toList());
        }
        List<String> regions =
                asked.stream().map(Investment::region).distinct().sorted().toList();
        Map<String, Long> hexes = look(regions);
        long told = hexes.values().stream().mapToLong(each -> each).sum();
        // Events are told after the cell's own state is durable: the journal of hexes may come a moment later.
        await(() -> sum(books.inHexes(regions)) >= told);
        Map<Reckoning.Payment, Integer> inHexes = books.inHexes(regions);
        Reckoning reckoning = new Reckoning(asked, inHexes, books.fromWallets(owners()));
        Map<String, Double> values = new LinkedHashMap<>(reckoning.values());
        values.put("creditsMissingInHexes", (double) (sum(inHexes) - told));
        boolean sound = books.sound();
        values.put("booksUnsound", sound ? 0.0 : 1.0);
        return new Outcome(values, ended && sound && sum(inHexes) == told);
    }

    /** @param complete false: something has no end, or the books contradict each other */
    record Outcome(Map<String, Double> values, boolean complete) {}

    private static long sum(Map<Reckoning.Payment, Integer> payments) {
        return payments.entrySet().stream()
                .mapToLong(each -> each.getKey().amount() * each.getValue())
                .sum();
    }

    /** What the cells themselves say they have. */
    private Map<String, Long> look(List<String> regions) throws InterruptedException {
        RoamingBot bot = crew.bots().getFirst();
        List<CompletableFuture<Long>> asked = new ArrayList<>();
        for (int i = 0; i < regions.size(); i++) {
            asked.add(Investors.look(bot, regions.get(i), i));
        }
        Map<String, Long> found = new LinkedHashMap<>();
        for (int i = 0; i < regions.size(); i++) {
            try {
                found.put(regions.get(i), asked.get(i).get(WAIT_SECONDS_MAX, TimeUnit.SECONDS));
            } catch (ExecutionException | TimeoutException e) {
                throw new IllegalStateException("the hex of " + regions.get(i) + " does not answer", e);
            }
        }
        return found;
    }

    @Override
    public void close() {
        books.close();
    }
}
