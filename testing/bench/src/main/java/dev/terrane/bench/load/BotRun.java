package dev.terrane.bench.load;

import dev.terrane.bench.load.bots.BotMain;
import dev.terrane.bench.load.bots.BotPlan;
import dev.terrane.bench.load.bots.Findings;
import dev.terrane.bench.load.os.ChildJvm;
import dev.terrane.bench.load.os.CoreClock;
import dev.terrane.bench.load.os.Cores;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What one swarm of bots found.
 *
 * @param values by their keys, see {@link Findings}
 * @param errors how often, and what
 */
record BotRun(Map<String, Double> values, List<String> errors) {
    /** Young garbage only: encoded inputs. */
    private static final List<String> BOT_JVM = List.of(
            "-XX:+UseSerialGC",
            "-Xms512m",
            "-Xmn256m",
            "-XX:+UseCompactObjectHeaders",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private static final List<String> TOLD = List.of("joining", "joined", "warming", "measuring", "left");

    static final String WENT_FIRST = "wentFirst";
    private static final String BUSY = "serverCoreBusyMicros";

    /** Hears when the bots are through with joining, and when they begin and end to measure. */
    interface Steps {
        Steps NONE = new Steps() {};

        default void joined() {}

        default void measuring() {}

        /** The bots are still connected. */
        default void measured() {}
    }

    /** Runs the bots from join to findings; blocks for as long as that takes. */
    static BotRun of(Laboratory laboratory, BotPlan plan, String what, Steps steps) {
        Map<String, Double> values = new ConcurrentHashMap<>();
        Cores cores = laboratory.cores();
        ConcurrentLinkedQueue<String> errors = new ConcurrentLinkedQueue<>();
        try (ChildJvm bots = ChildJvm.start(cores.forBots(), BOT_JVM, BotMain.class, plan.toArguments(), line -> {
            String[] words = line.split(" ", 2);
            switch (words[0]) {
                case "found" -> {
                    String[] pair = words[1].split(" ", 2);
                    values.put(pair[0], Double.valueOf(pair[1]));
                }
                case "error" -> errors.add(words[1]);
                case "joined" -> steps.joined();
                case "measuring" -> {
                    values.put(WENT_FIRST, laboratory.goesFirst() ? 1.0 : 0.0);
                    steps.measuring();
                    values.merge(BUSY, -(double) CoreClock.busyMicros(cores.server()), Double::sum);
                }
                case "measured" -> {
                    values.merge(BUSY, (double) CoreClock.busyMicros(cores.server()), Double::sum);
                    steps.measured();
                }
                default -> {}
            }
            if (TOLD.contains(words[0])) {
                laboratory.progress().say(what + ": " + line);
            }
        })) {
            int code = bots.await();
            if (code != 0 || !values.containsKey("botMicros")) {
                throw new IllegalStateException("the bots ended with " + code + ":\n" + bots.tail());
            }
            return new BotRun(new HashMap<>(values), new ArrayList<>(errors));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    double value(String key) {
        return values.getOrDefault(key, Double.NaN);
    }

    /** CPU time of the server by client and second of the window. */
    double microsPerClientSecond() {
        return (value("serverUserMicros") + value("serverSystemMicros")) / (value("clients") * value("seconds"));
    }

    double serverCores() {
        return (value("serverUserMicros") + value("serverSystemMicros")) / (value("seconds") * 1e6);
    }

    /** What others took of the server's core: the share of it that was gone. NaN when it was not measured. */
    double stolenCores() {
        return (value(BUSY) - value("serverUserMicros") - value("serverSystemMicros")) / (value("seconds") * 1e6);
    }

    double botCores() {
        return value("botMicros") / (value("seconds") * 1e6);
    }

    double systemTimeShare() {
        return value("serverSystemMicros") / (value("serverUserMicros") + value("serverSystemMicros"));
    }
}
