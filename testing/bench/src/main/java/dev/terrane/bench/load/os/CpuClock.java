package dev.terrane.bench.load.os;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How much CPU time a process has taken, as the operating system counts it: {@code /proc/PID/stat}. Any thread. */
public final class CpuClock {
    /** USER_HZ, which Linux fixes for everybody who reads /proc. */
    private static final long TICKS_PER_SECOND = 100;

    private static final long MICROS_PER_TICK = 1_000_000 / TICKS_PER_SECOND;
    /** Places after the command's name in brackets: utime is field 14 of the line, and the one after the brackets is field 3. */
    private static final int UTIME = 11;

    private static final int STIME = 12;

    private final Path stat;

    private CpuClock(Path stat) {
        this.stat = stat;
    }

    public static CpuClock of(long pid) {
        return new CpuClock(Path.of("/proc", Long.toString(pid), "stat"));
    }

    /** CPU time of all threads since the start, in microseconds, to a hundredth of a second. */
    public record Reading(long userMicros, long systemMicros) {
        public long totalMicros() {
            return userMicros + systemMicros;
        }

        Reading and(Reading other) {
            return new Reading(userMicros + other.userMicros, systemMicros + other.systemMicros);
        }

        public Reading since(Reading earlier) {
            return new Reading(userMicros - earlier.userMicros, systemMicros - earlier.systemMicros);
        }
    }

    public Reading read() {
        try {
            return parse(Files.readString(stat));
        } catch (IOException e) {
            throw new UncheckedIOException("the process of " + stat + " is gone", e);
        }
    }

    /** Of those threads only that run now and have a name that starts so: what threads took that have ended is not in it. */
    public static Reading ofThreads(long pid, String namePrefix) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return threads.map(CpuClock::line)
                    .filter(line -> name(line).startsWith(namePrefix))
                    .map(CpuClock::parse)
                    .reduce(new Reading(0, 0), Reading::and);
        } catch (IOException e) {
            throw new UncheckedIOException("process " + pid + " is gone", e);
        }
    }

    /** Of a thread; of one that has ended meanwhile none. */
    private static String line(Path thread) {
        try {
            return Files.readString(thread.resolve("stat"));
        } catch (IOException ended) {
            return "";
        }
    }

    static String name(String line) {
        return line.isEmpty() ? "" : line.substring(line.indexOf('(') + 1, line.lastIndexOf(')'));
    }

    /** The name in brackets may hold anything, spaces and brackets too: what counts comes after the last bracket. */
    static Reading parse(String line) {
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
        return new Reading(
                Long.parseLong(fields[UTIME]) * MICROS_PER_TICK, Long.parseLong(fields[STIME]) * MICROS_PER_TICK);
    }
}
