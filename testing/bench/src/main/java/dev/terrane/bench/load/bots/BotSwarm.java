package dev.terrane.bench.load.bots;

import dev.terrane.bench.load.bots.BotConnection.Phase;
import dev.terrane.bench.load.os.CpuClock;
import dev.terrane.bytes.MalformedBytesException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/** Connects the bots, plays for the warm-up, measures, disconnects. One thread does it all. */
final class BotSwarm {
    /** One bot in fifty decodes, at least two. */
    private static final int DECODING = 50;

    private static final int DECODERS_MIN = 2;
    /** One decoder in twenty looks at ages on display, too, and at least two. */
    private static final int DECODERS_PER_FOLLOWER = 20;

    private static final int CONNECTING_MAX = 200;
    private static final int READ_BUFFER_BYTES = 1 << 20;
    /** When few sockets have something, waiting a little finds more of them at once: fewer calls for the same bytes. */
    private static final int FEW_READY = 32;

    private static final long GATHER_NANOS = 200_000;
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long JOIN_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int SAID_SECONDS = 2;
    private static final float TURN = (float) (Math.PI / 3); // a hexagon: nobody ever leaves

    private final BotPlan plan;
    private final IntFunction<String> tokens;
    private final Tally tally = new Tally();
    private final BotConnection.Shared shared = new BotConnection.Shared(tally, new Outgoing());
    private final List<BotConnection> bots = new ArrayList<>();
    private final Selector selector;
    private final ByteBuffer in = ByteBuffer.allocateDirect(READ_BUFFER_BYTES);
    private final HttpClient unusedHttp = HttpClient.newHttpClient();
    private final CpuClock serverCpu;
    private final CpuClock ownCpu = CpuClock.of(ProcessHandle.current().pid());
    private long startNanos;
    private long inputDueNanos;
    private int nextInput;
    private int playing;

    /** @param tokens of each bot by its number */
    BotSwarm(BotPlan plan, IntFunction<String> tokens) throws IOException {
        this.plan = plan;
        this.tokens = tokens;
        this.selector = Selector.open();
        this.serverCpu = CpuClock.of(plan.serverPid());
    }

    /** Tells each step by a line; the last ones are the findings. */
    void run() throws IOException {
        join();
        say("joined", playing);
        for (int second = 0; second < plan.warmUpSeconds(); second++) {
            sayNowAndThen("warming", plan.warmUpSeconds() - second, second);
            playFor(1);
        }
        say("measuring", plan.seconds());
        measure();
        bots.forEach(BotConnection::close);
    }

    private void join() throws IOException {
        startNanos = System.nanoTime();
        long lastSaid = startNanos;
        while (true) {
            long now = System.nanoTime();
            long due = Math.min(plan.clients(), (now - startNanos) * plan.joinsPerSecond() / SECOND_NANOS + 1);
            int settled = settledCount();
            while (bots.size() < due && bots.size() - settled < CONNECTING_MAX) {
                open();
            }
            if (settled == plan.clients() || now - startNanos > joinNanosMax()) {
                break;
            }
            if (now - lastSaid > SECOND_NANOS) {
                lastSaid = now;
                say("joining", playing);
            }
            turn();
        }
        for (BotConnection bot : bots) {
            if (bot.phase() != Phase.PLAYING) {
                bot.over("NOT_JOINED");
            }
        }
    }

    private long joinNanosMax() {
        return plan.clients() * SECOND_NANOS / plan.joinsPerSecond() + JOIN_PATIENCE_NANOS;
    }

    private int settledCount() {
        int settled = 0;
        playing = 0;
        for (int i = 0; i < bots.size(); i++) {
            Phase phase = bots.get(i).phase();
            playing += phase == Phase.PLAYING ? 1 : 0;
            settled += phase == Phase.PLAYING || phase == Phase.OVER ? 1 : 0;
        }
        return settled;
    }

    private void open() throws IOException {
        int number = bots.size();
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_LINGER, 0); // no thousands of sockets in TIME_WAIT after each run
        int decoders = Math.max(plan.clients() / DECODING, DECODERS_MIN);
        int every = Math.max(1, plan.clients() / decoders);
        boolean decodes = plan.greets() && number % every == 0;
        boolean followsAges = number / every % Math.clamp(decoders / DECODERS_MIN, 1, DECODERS_PER_FOLLOWER) == 0;
        Decoder decoder = decodes ? new Decoder(tally, followsAges, unusedHttp) : null;
        BotConnection bot = new BotConnection(plan, number, channel, shared, decoder);
        bots.add(bot);
        boolean atOnce = channel.connect(new InetSocketAddress("127.0.0.1", plan.port()));
        channel.register(selector, atOnce ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, bot);
        if (atOnce) {
            bot.connected(tokens.apply(number));
        }
    }

    private void playFor(int seconds) throws IOException {
        long end = System.nanoTime() + seconds * SECOND_NANOS;
        while (System.nanoTime() < end) {
            turn();
        }
    }

    private void measure() throws IOException {
        bots.forEach(bot -> bot.snapshots = 0);
        tally.startWindow();
        long began = System.nanoTime();
        CpuClock.Reading serverBefore = serverCpu.read();
        CpuClock.Reading ownBefore = ownCpu.read();
        for (int second = 0; second < plan.seconds(); second++) {
            sayNowAndThen("left", plan.seconds() - second, second);
            playFor(1);
            checkOne(second);
        }
        say("measured", plan.seconds());
        CpuClock.Reading server = serverCpu.read().since(serverBefore);
        CpuClock.Reading own = ownCpu.read().since(ownBefore);
        double seconds = (System.nanoTime() - began) / (double) SECOND_NANOS;
        settledCount();
        Findings.of(tally, bots, seconds, server, own).print(System.out);
    }

    /** The decoders take turns in looking whether everybody stands where one can stand. */
    private void checkOne(int second) {
        List<BotConnection> decoding =
                bots.stream().filter(bot -> bot.decoder() != null).toList();
        if (decoding.isEmpty()) {
            return;
        }
        BotConnection bot = decoding.get(second % decoding.size());
        Decoder decoder = bot.decoder();
        try {
            if (decoder != null && bot.phase() == Phase.PLAYING) {
                decoder.checkPositions();
            }
        } catch (MalformedBytesException e) {
            bot.over("IMPLAUSIBLE " + e.getMessage());
        }
    }

    private void turn() throws IOException {
        inputsDue();
        int ready = selector.select(this::ready, 1);
        if (ready < FEW_READY) {
            LockSupport.parkNanos(GATHER_NANOS);
        }
    }

    private void ready(SelectionKey key) {
        BotConnection bot = (BotConnection) key.attachment();
        if (!key.isValid()) {
            return;
        }
        try {
            if (key.isConnectable()) {
                bot.channel().finishConnect();
                key.interestOps(SelectionKey.OP_READ);
                bot.connected(tokens.apply(bot.number()));
                return;
            }
            in.clear();
            int count = bot.channel().read(in);
            if (count < 0) {
                bot.over("CLOSED without a word");
            } else {
                bot.received(in.flip());
            }
        } catch (IOException e) {
            bot.over("SOCKET " + e.getMessage());
        }
    }

    /** Each bot's inputs are due at a time of its own, so that they come evenly. */
    private void inputsDue() {
        if (plan.inputsPerSecond() <= 0 || bots.isEmpty()) {
            return;
        }
        long now = System.nanoTime();
        if (now - inputDueNanos > SECOND_NANOS) {
            inputDueNanos = now; // we were held up: a second of inputs at once would be somebody else's load
        }
        long step = (long) (SECOND_NANOS / plan.inputsPerSecond() / bots.size());
        for (; now >= inputDueNanos; inputDueNanos += step) {
            nextInput = (nextInput + 1) % bots.size();
            BotConnection bot = bots.get(nextInput);
            if (bot.phase() == Phase.PLAYING) {
                bot.input(heading(nextInput, now));
            }
        }
    }

    private float heading(int number, long nowNanos) {
        double leg = nowNanos / (double) SECOND_NANOS / plan.legSeconds() + number * 0.618;
        return (float) StrictMath.IEEEremainder(Math.floor(leg) * TURN + number, 2 * Math.PI);
    }

    private static void sayNowAndThen(String word, int number, int second) {
        if (second % SAID_SECONDS == 0) {
            say(word, number);
        }
    }

    private static void say(String word, int number) {
        System.out.println(word + " " + number);
    }
}
