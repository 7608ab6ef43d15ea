package dev.terrane.bench.load.cluster;

import dev.terrane.sdk.ClientOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The bots, in this process: they are few. One thread sends an input for each of them every tick. */
final class Crew implements AutoCloseable {
    private static final int DECODER_COUNT = 2;
    private static final long JOIN_GAP_MILLIS = 20;

    private final List<RoamingBot> bots = new ArrayList<>();
    private final ExecutorService decoders = Executors.newFixedThreadPool(
            DECODER_COUNT, Thread.ofPlatform().daemon().name("bots-decode-", 0).factory());
    private final HttpClient http = HttpClient.newBuilder()
            .executor(decoders)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final Thread sender;
    private volatile boolean running = true;

    private Crew(int count, int hz) {
        for (int i = 0; i < count; i++) {
            bots.add(new RoamingBot(i));
        }
        sender = Thread.ofPlatform().daemon().name("bots-input").unstarted(() -> send(hz));
    }

    /** Connects them, one after the other. @param url of a gateway's WebSocket */
    static Crew join(URI url, int count, int hz) throws InterruptedException {
        Crew crew = new Crew(count, hz);
        for (int i = 0; i < count; i++) {
            String name = String.format(Locale.ROOT, "bench-%04d", i + 1);
            crew.bots.get(i).connect(ClientOptions.guest(url, name, crew.http));
            Thread.sleep(JOIN_GAP_MILLIS);
        }
        crew.sender.start();
        return crew;
    }

    List<RoamingBot> bots() {
        return bots;
    }

    /** How many have had news of themselves since then. */
    int awakeSince(long nanos) {
        int count = 0;
        for (RoamingBot bot : bots) {
            Sighting last = bot.diary().lastNews();
            count += last != null && last.nanos() >= nanos ? 1 : 0;
        }
        return count;
    }

    /** Turns are spread evenly over each tick. */
    private void send(int hz) {
        long start = System.nanoTime();
        long turn = 0;
        while (running) {
            long now = System.nanoTime();
            long due = start + turn * TimeUnit.SECONDS.toNanos(1) / hz / bots.size();
            if (due > now) {
                LockSupport.parkNanos(Math.max(due - now, TimeUnit.MILLISECONDS.toNanos(1)));
            } else if (now - due > TimeUnit.SECONDS.toNanos(1)) {
                start = now; // this machine slept: a second of inputs at once would only be refused
                turn = 0;
            } else {
                bots.get((int) (turn % bots.size())).act();
                turn++;
            }
        }
    }

    @Override
    public void close() {
        running = false;
        bots.forEach(RoamingBot::close);
        http.shutdownNow();
        decoders.shutdownNow();
    }
}
