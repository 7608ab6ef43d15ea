package dev.terrane.bench.load.cluster;

import dev.terrane.base.CharacterId;
import dev.terrane.jwt.JwtIssuer;
import dev.terrane.sdk.ClientOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The bots, in this process: they are few. One thread sends an input for each of them every tick, and now and then lets one of them pay into a hex. */
final class Crew implements AutoCloseable {
    private static final int DECODER_COUNT = 2;
    private static final long JOIN_GAP_MILLIS = 20;
    /** Half of our characters' ids, so that they are nobody else's. */
    private static final long CHARACTERS = 0x62_65_6e_63_68L;

    private final List<RoamingBot> bots = new ArrayList<>();
    private final ExecutorService decoders = Executors.newFixedThreadPool(
            DECODER_COUNT, Thread.ofPlatform().daemon().name("bots-decode-", 0).factory());
    private final HttpClient http = HttpClient.newBuilder()
            .executor(decoders)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final Investors investors = new Investors();
    private final Thread sender;
    private volatile boolean running = true;
    private volatile double commandsPerSecond;

    private Crew(int count, int hz) {
        for (int i = 0; i < count; i++) {
            bots.add(new RoamingBot(new CharacterId(new UUID(CHARACTERS, i + 1L)), investors));
        }
        sender = Thread.ofPlatform().daemon().name("bots-input").unstarted(() -> send(hz));
    }

    /** Connects them, one after the other. @param url of a gateway's WebSocket @param tokens signs as the servers do */
    static Crew join(URI url, JwtIssuer tokens, int count, int hz) throws InterruptedException {
        Crew crew = new Crew(count, hz);
        for (int i = 0; i < count; i++) {
            RoamingBot bot = crew.bots.get(i);
            String name = String.format(Locale.ROOT, "bench-%04d", i + 1);
            String token = tokens.issue(bot.character(), name, System.currentTimeMillis())
                    .token();
            bot.connect(ClientOptions.guest(url, name, crew.http).withToken(token));
            Thread.sleep(JOIN_GAP_MILLIS);
        }
        crew.sender.start();
        return crew;
    }

    List<RoamingBot> bots() {
        return bots;
    }

    Investors investors() {
        return investors;
    }

    /** All of them together; 0: none. From now on. */
    void invest(double perSecond) {
        commandsPerSecond = perSecond;
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

    /** Inputs of all of them that got no tick of their own since then. */
    int skippedSince(long nanos) {
        return bots.stream()
                .mapToInt(bot -> Seen.skipped(bot.diary().since(nanos)))
                .sum();
    }

    /** Turns are spread evenly over each tick. */
    private void send(int hz) {
        long start = System.nanoTime();
        long turn = 0;
        long investedAt = start;
        while (running) {
            long now = System.nanoTime();
            double perSecond = commandsPerSecond;
            if (perSecond > 0 && now - investedAt > TimeUnit.SECONDS.toNanos(1) / perSecond) {
                investedAt = now;
                investors.next(bots);
            }
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
