package dev.terrane.sdk.bots;

import dev.terrane.base.Rng;
import dev.terrane.sdk.ClientOptions;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Runs a fleet of bots against a server, once. */
public final class BotFleet {
    /** Until a server has said how often it ticks. */
    private static final int HZ_AT_FIRST = 20;

    /** How long the last bot may take to join after its turn came. */
    private static final Duration JOIN_PATIENCE = Duration.ofSeconds(20);
    /** Frames of the ramp-up are larger; they are not what the measurement is about. */
    private static final Duration SETTLE = Duration.ofSeconds(1);

    private static final int DECODER_COUNT = 2;
    private static final double SECONDS_PER_MINUTE = 60;

    private final BotOptions options;
    private final BotTally tally = new BotTally();
    private final List<Bot> bots = new ArrayList<>();
    private volatile boolean running = true;

    public BotFleet(BotOptions options) {
        this.options = options;
        for (int i = 0; i < options.count(); i++) {
            bots.add(new Bot(options.scenario().pilot(new Rng(Rng.mix(i))), tally, options.predict()));
        }
    }

    /**
     * Connects, plays, measures, disconnects. Blocks for as long as that takes.
     *
     * @param progress called on this thread, about once a second
     * @throws InterruptedException when interrupted; the bots are disconnected then, too
     */
    public BotReport run(Consumer<BotProgress> progress) throws InterruptedException {
        try (ExecutorService decoders = Executors.newFixedThreadPool(
                        DECODER_COUNT,
                        Thread.ofPlatform().daemon().name("bots-decode-", 0).factory());
                HttpClient http = http(decoders)) {
            Thread driver = Thread.ofPlatform().daemon().name("bots-input").start(this::drive);
            try {
                join(http, progress);
                return measure(progress);
            } finally {
                running = false;
                tally.finish();
                bots.forEach(Bot::close);
                driver.join();
                http.shutdownNow();
                decoders.shutdownNow();
            }
        }
    }

    private HttpClient http(Executor decoders) {
        HttpClient.Builder builder = HttpClient.newBuilder().executor(decoders).connectTimeout(Duration.ofSeconds(10));
        SSLContext trusted = options.tcp().tls();
        return (trusted == null ? builder : builder.sslContext(trusted)).build();
    }

    private void join(HttpClient http, Consumer<BotProgress> progress) throws InterruptedException {
        long start = System.nanoTime();
        long lastReport = start;
        int connecting = 0;
        long patience = TimeUnit.SECONDS.toNanos(options.count()) / options.joinsPerSecond() + JOIN_PATIENCE.toNanos();
        while (joinedCount() < bots.size() && System.nanoTime() - start < patience) {
            long due = (System.nanoTime() - start) * options.joinsPerSecond() / TimeUnit.SECONDS.toNanos(1) + 1;
            for (; connecting < Math.min(due, bots.size()); connecting++) {
                String name = String.format(Locale.ROOT, "bot-%04d", connecting + 1);
                bots.get(connecting)
                        .connect(ClientOptions.guest(options.url(), name, http)
                                .withTcp(options.tcp())
                                .withPredict(options.predict())
                                .withLink(options.link()));
            }
            Thread.sleep(10);
            if (System.nanoTime() - lastReport >= TimeUnit.SECONDS.toNanos(1)) {
                lastReport = System.nanoTime();
                progress.accept(progressAt(0, 0));
            }
        }
        for (Bot bot : bots) {
            if (!bot.joined()) {
                tally.error("NOT_JOINED");
            }
        }
        Thread.sleep(SETTLE);
    }

    private BotReport measure(Consumer<BotProgress> progress) throws InterruptedException {
        tally.startMeasuring();
        long start = System.nanoTime();
        long[] snapshotsBefore = bots.stream().mapToLong(Bot::snapshotCount).toArray();
        long bytesBefore = bots.stream().mapToLong(Bot::byteCount).sum();
        long last = start;
        long lastSnapshots = snapshotTotal();
        while (System.nanoTime() - start < options.duration().toNanos()) {
            long left = options.duration().toNanos() - (System.nanoTime() - start);
            TimeUnit.NANOSECONDS.sleep(Math.min(left, TimeUnit.SECONDS.toNanos(1)));
            long now = System.nanoTime();
            long snapshots = snapshotTotal();
            double rate = (snapshots - lastSnapshots) / seconds(now - last) / Math.max(1, joinedCount());
            progress.accept(progressAt(TimeUnit.NANOSECONDS.toSeconds(now - start), rate));
            last = now;
            lastSnapshots = snapshots;
        }
        double seconds = seconds(System.nanoTime() - start);
        int joined = joinedCount();
        long least = Long.MAX_VALUE;
        long snapshots = 0;
        for (int i = 0; i < bots.size(); i++) {
            long count = bots.get(i).snapshotCount() - snapshotsBefore[i];
            snapshots += count;
            least = bots.get(i).joined() ? Math.min(least, count) : least;
        }
        long bytes = bots.stream().mapToLong(Bot::byteCount).sum() - bytesBefore;
        double clientSeconds = Math.max(1, joined) * seconds;
        return new BotReport(
                joined,
                new BotReport.Rates(
                        snapshots / clientSeconds, joined == 0 ? 0 : least / seconds, bytes / clientSeconds),
                BotReport.Quantiles.of(tally.roundTrips),
                BotReport.Quantiles.of(tally.staleness),
                tally.errors(),
                options.link(),
                prediction(clientSeconds));
    }

    /** Null for those who do not steer. */
    private BotReport.@Nullable Prediction prediction(double clientSeconds) {
        if (!options.predict()) {
            return null;
        }
        int predicting = 0;
        for (Bot bot : bots) {
            predicting += bot.predicting() ? 1 : 0;
        }
        return new BotReport.Prediction(
                predicting, tally.correctionCount() / clientSeconds * SECONDS_PER_MINUTE, tally.correctionMetresMax());
    }

    /** The one sending thread: an input a tick for each bot, their turns spread evenly over each. More would be dropped by the server. */
    private void drive() {
        long start = System.nanoTime();
        long turn = 0;
        int hz = HZ_AT_FIRST;
        while (running) {
            long now = System.nanoTime();
            int told = bots.getFirst().simulationHz();
            if (told > 0 && told != hz) {
                hz = told;
                start = now;
                turn = 0;
            }
            long due = start + turn * TimeUnit.SECONDS.toNanos(1) / hz / bots.size();
            if (due > now) {
                // Rounded up to a millisecond: a wake-up for each bot would cost more than the inputs.
                LockSupport.parkNanos(Math.max(due - now, TimeUnit.MILLISECONDS.toNanos(1)));
            } else if (now - due > TimeUnit.SECONDS.toNanos(1)) {
                start = now; // the machine slept: do not make up for a second of inputs
                turn = 0;
            } else {
                bots.get((int) (turn % bots.size())).act();
                turn++;
            }
        }
    }

    private BotProgress progressAt(long elapsedSeconds, double rate) {
        return new BotProgress(
                joinedCount(), bots.size(), elapsedSeconds, options.duration().toSeconds(), rate, tally.errorCount());
    }

    private int joinedCount() {
        int count = 0;
        for (Bot bot : bots) {
            count += bot.joined() ? 1 : 0;
        }
        return count;
    }

    private long snapshotTotal() {
        return bots.stream().mapToLong(Bot::snapshotCount).sum();
    }

    private static double seconds(long nanos) {
        return nanos / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
