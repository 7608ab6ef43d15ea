package dev.terrane.bench.load.transfers;

import dev.terrane.base.Clock;
import dev.terrane.command.CommandAnswer;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandReceiver;
import dev.terrane.command.CommandReceiver.Delivery;
import dev.terrane.command.CommandReceiver.Verdict;
import dev.terrane.command.CommandResult;
import dev.terrane.economy.Currency;
import dev.terrane.economy.EconomyCommands;
import dev.terrane.economy.EconomyQueries;
import dev.terrane.json.JsonPayloads;
import dev.terrane.postgres.Database;
import dev.terrane.postgres.DatabaseAddress;
import dev.terrane.postgres.economy.PostgresEconomy;
import dev.terrane.postgres.lane.PostgresLaneStore;
import dev.terrane.postgres.service.ServiceReceiver;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** One run of everything, on a database of its own. */
public final class TransfersTrial implements AutoCloseable {
    private static final int PARTITION_COUNT = 16;
    private static final long LANE_COUNT_MAX = 1_000_000;
    private static final int OPENING_BATCH = 500;
    private static final double ZIPF_EXPONENT = 1.5;
    private static final int FLOOR_CONNECTION_COUNT = 8;
    private static final int SET_CONNECTION_COUNT = 2;
    private static final long SECOND_NANOS = 1_000_000_000;
    /** An offer that begins from nothing, after as much as goes: code is compiled anew for smaller batches. What it shows is told by itself. */
    private static final double RAMP_SECONDS = 3;

    private static final long DRAIN_NANOS_MAX = 60 * SECOND_NANOS;

    /**
     * How long and how much.
     *
     * @param seconds of each measurement
     * @param warmUpSeconds before the first
     * @param outstandingCount commands on their way while the most is looked for
     * @param offeredPerSecond for latency, uniform
     * @param offeredPerSecondZipf for latency, by Zipf
     */
    public record Size(
            int walletCount,
            double seconds,
            double warmUpSeconds,
            int outstandingCount,
            int offeredPerSecond,
            int offeredPerSecondZipf) {}

    private final DatabaseAddress database;
    private final Path folder;
    private final Size size;
    private final Consumer<String> progress;
    private final ExecutorService serviceThreads =
            Executors.newFixedThreadPool(ServiceReceiver.Options.USUAL.workerCount());
    private final PostgresEconomy economy;
    private final Database laneDatabase;
    private final Map<String, Long> sentAtNanos = new ConcurrentHashMap<>();
    private final AtomicLong doneCount = new AtomicLong();
    private final AtomicLong refusedCount = new AtomicLong();
    private volatile Semaphore room = new Semaphore(0);
    private volatile Latencies latencies = new Latencies();

    /**
     * @param database fresh
     * @param folder on its disk
     */
    public TransfersTrial(DatabaseAddress database, Path folder, Size size, Consumer<String> progress) {
        this.database = database;
        this.folder = folder;
        this.size = size;
        this.progress = progress;
        // Its schema has the lane.
        dev.terrane.postgres.PostgresStore.open(database).close();
        this.economy = PostgresEconomy.open(
                database,
                List.of(new Currency(Wealth.CURRENCY, 2)),
                new PostgresEconomy.Setup(
                        new JsonPayloads(), Clock.system(), serviceThreads, ServiceReceiver.Options.USUAL));
        this.laneDatabase = new Database(database, new Database.Options("terrane-bench-lane", 5, ""));
    }

    /** Measures everything; the numbers by name, in the order in which they should be read. */
    public Map<String, Double> run() throws SQLException, InterruptedException {
        Map<String, Double> found = new LinkedHashMap<>();
        fill();
        TransfersFloor floor = new TransfersFloor(database, size.walletCount);
        floor.create();
        progress.accept("floors");
        floor.singles(FLOOR_CONNECTION_COUNT, size.seconds / 4);
        double singles = floor.singles(FLOOR_CONNECTION_COUNT, size.seconds / 2);
        floor.sets(SET_CONNECTION_COUNT, size.seconds / 4);
        double sets = floor.sets(SET_CONNECTION_COUNT, size.seconds / 2);
        floor.drop();
        PostgresLaneStore lane = new PostgresLaneStore(laneDatabase, PARTITION_COUNT, LANE_COUNT_MAX);
        DiskFloor disk = new DiskFloor(folder, DiskFloor.COMMIT_BYTES);
        try (LaneDriver driver = new LaneDriver(lane, economy.receiver(), this::answered);
                OutboxDrain outbox = new OutboxDrain(economy.outbox())) {
            Wealth uniform = new Wealth(1, size.walletCount, 0, "u");
            Wealth zipf = new Wealth(2, size.walletCount, ZIPF_EXPONENT, "z");
            progress.accept("warming up");
            saturate(driver, uniform, size.warmUpSeconds);
            saturate(driver, zipf, size.warmUpSeconds / 2);
            progress.accept("as many as go, uniform");
            found.put("transfersPerSecond", saturate(driver, uniform, size.seconds));
            progress.accept("as many as go, Zipf");
            found.put("transfersPerSecondZipf", saturate(driver, zipf, size.seconds));
            found.put("floorPerSecond", singles);
            found.put("floorSetsPerSecond", sets);
            progress.accept("the disk by itself, before");
            disk.measure(size.seconds / 2);
            progress.accept("latency, uniform");
            offerWatched(driver, uniform, size.offeredPerSecond, found, "");
            progress.accept("latency, Zipf");
            offerWatched(driver, zipf, size.offeredPerSecondZipf, found, "Zipf");
            progress.accept("the disk by itself, after");
            disk.measure(size.seconds / 2);
            found.put("diskMillisP50", disk.latencies().millisAt(0.5));
            found.put("diskMillisP99", disk.latencies().millisAt(0.99));
            found.put("diskMillisMax", disk.latencies().millisAt(1));
            found.put("events", (double) outbox.end());
        }
        progress.accept("the receiver by itself");
        found.put("receiverPerSecond", receiver(size.seconds / 2));
        found.put("refused", (double) refusedCount.get());
        progress.accept("audit");
        EconomyQueries.Audit audit = economy.queries().audit();
        if (!audit.sound()) {
            throw new IllegalStateException("the books are wrong: " + audit);
        }
        found.put("postings", (double) audit.postingCount());
        return found;
    }

    private void answered(CommandAnswer answer) {
        Long sent = sentAtNanos.remove(answer.origin().requestId());
        if (sent == null) {
            return; // told twice
        }
        if (answer.result() instanceof CommandResult.Refused) {
            refusedCount.incrementAndGet();
        }
        latencies.addNanos(System.nanoTime() - sent);
        doneCount.incrementAndGet();
        room.release();
    }

    /** Keeps as many on their way as agreed; results per second. */
    private double saturate(LaneDriver driver, Wealth wealth, double seconds) throws InterruptedException {
        room = new Semaphore(size.outstandingCount);
        latencies = new Latencies();
        long begin = System.nanoTime();
        long countBefore = doneCount.get();
        long end = begin + (long) (seconds * SECOND_NANOS);
        while (System.nanoTime() < end) {
            room.acquire();
            int more = Math.min(room.availablePermits(), 255);
            int count = 1 + (more > 0 && room.tryAcquire(more) ? more : 0);
            for (int i = 0; i < count; i++) {
                send(driver, wealth.transfer(), System.nanoTime());
            }
            driver.flush();
        }
        double rate = (doneCount.get() - countBefore) * 1e9 / (System.nanoTime() - begin);
        drain(driver);
        return rate;
    }

    /** {@link #offer}, and beside it a look at how fast the disk answers somebody who writes next to nothing. */
    private void offerWatched(
            LaneDriver driver, Wealth wealth, int perSecond, Map<String, Double> found, String suffix) {
        Map<String, Double> ramp = new LinkedHashMap<>();
        offer(driver, wealth, perSecond, RAMP_SECONDS, ramp, "");
        DiskFloor probe = new DiskFloor(folder, DiskFloor.PROBE_BYTES);
        CompletableFuture<Void> probed = CompletableFuture.runAsync(() -> probe.measure(size.seconds));
        offer(driver, wealth, perSecond, size.seconds, found, suffix);
        probed.join();
        found.put("rampMillisP99" + suffix, ramp.getOrDefault("latencyMillisP99", Double.NaN));
        found.put("diskMeanwhileMillisP99" + suffix, probe.latencies().millisAt(0.99));
        found.put("diskMeanwhileMillisMax" + suffix, probe.latencies().millisAt(1));
    }

    /** Offers at a fixed rate, whatever comes back; latency counts from when a transfer should have been sent. */
    private void offer(
            LaneDriver driver, Wealth wealth, int perSecond, double seconds, Map<String, Double> found, String suffix) {
        latencies = new Latencies();
        Latencies mine = latencies;
        long begin = System.nanoTime();
        long countBefore = doneCount.get();
        long total = (long) (perSecond * seconds);
        for (long sent = 0; sent < total; ) {
            long due = Math.min(total, (System.nanoTime() - begin) * perSecond / SECOND_NANOS);
            for (; sent < due; sent++) {
                send(driver, wealth.transfer(), begin + sent * SECOND_NANOS / perSecond);
            }
            driver.flush();
            LockSupport.parkNanos(500_000);
        }
        double rate = (doneCount.get() - countBefore) * 1e9 / (System.nanoTime() - begin);
        drain(driver);
        found.put("offeredPerSecond" + suffix, (double) perSecond);
        found.put("answeredPerSecond" + suffix, rate);
        found.put("latencyMillisP50" + suffix, mine.millisAt(0.5));
        found.put("latencyMillisP99" + suffix, mine.millisAt(0.99));
        found.put("latencyMillisMax" + suffix, mine.millisAt(1));
    }

    private void send(LaneDriver driver, CommandEnvelope command, long atNanos) {
        sentAtNanos.put(command.origin().requestId(), atNanos);
        driver.offer(command);
    }

    private void drain(LaneDriver driver) {
        long end = System.nanoTime() + DRAIN_NANOS_MAX;
        while (!sentAtNanos.isEmpty()) {
            driver.check();
            if (System.nanoTime() > end) {
                throw new IllegalStateException(sentAtNanos.size() + " transfers were never answered");
            }
            LockSupport.parkNanos(1_000_000);
        }
        driver.check();
    }

    /** Batches handed over directly, one per partition at a time. */
    private double receiver(double seconds) {
        Wealth wealth = new Wealth(3, size.walletCount, 0, "d");
        long begin = System.nanoTime();
        long end = begin + (long) (seconds * SECOND_NANOS);
        long count = 0;
        List<CompletableFuture<Integer>> under = new ArrayList<>();
        while (System.nanoTime() < end) {
            under.clear();
            for (int partition = 0; partition < PARTITION_COUNT; partition++) {
                List<CommandEnvelope> batch = new ArrayList<>();
                for (int i = 0; i < size.outstandingCount / PARTITION_COUNT; i++) {
                    batch.add(wealth.transfer());
                }
                under.add(deliver(batch));
            }
            count += under.stream().mapToInt(CompletableFuture::join).sum();
        }
        return count * 1e9 / (System.nanoTime() - begin);
    }

    private CompletableFuture<Integer> deliver(List<CommandEnvelope> commands) {
        List<Delivery> batch = new ArrayList<>();
        commands.forEach(command -> batch.add(new Delivery(batch.size(), command, 1)));
        CompletableFuture<Integer> settled = new CompletableFuture<>();
        economy.receiver().deliver(batch, new CommandReceiver.Reply() {
            @Override
            public void answered(List<Verdict> verdicts) {
                boolean all =
                        verdicts.stream().allMatch(verdict -> verdict instanceof Verdict.Settled(CommandResult.Done _));
                if (all) {
                    settled.complete(verdicts.size());
                } else {
                    settled.completeExceptionally(new IllegalStateException("not everything was carried out"));
                }
            }

            @Override
            public void unavailable(String why) {
                settled.completeExceptionally(new IllegalStateException(why));
            }
        });
        return settled;
    }

    private void fill() {
        progress.accept("filling " + size.walletCount + " wallets");
        for (int from = 0; from < size.walletCount; from += OPENING_BATCH) {
            List<CommandEnvelope> batch = new ArrayList<>();
            for (int i = from; i < Math.min(size.walletCount, from + OPENING_BATCH); i++) {
                EconomyCommands.Issue issue = new EconomyCommands.Issue(Wealth.wallet(i), 1_000_000_000, null);
                batch.add(new CommandEnvelope(
                        EconomyCommands.ISSUE.name(),
                        1,
                        issue.to(),
                        new CommandEnvelope.Origin("admin:bench", "fill" + i),
                        new CommandEnvelope.Trace("fill", "fill", "", "bench", 1),
                        new JsonPayloads().encode(issue)));
            }
            deliver(batch).join();
        }
    }

    @Override
    public void close() {
        economy.close();
        serviceThreads.close();
        laneDatabase.close();
    }
}
