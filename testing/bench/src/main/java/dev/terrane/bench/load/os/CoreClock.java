package dev.terrane.bench.load.os;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How long a core was busy, with whomever: {@code /proc/stat}. Against what a pinned process took, it tells what others took from it. Any thread. */
public final class CoreClock {
    private static final long MICROS_PER_TICK = 10_000;
    /** Fields of a line: the name, user, nice, system, idle, iowait, irq, softirq, steal. */
    private static final List<Integer> BUSY = List.of(1, 2, 3, 6, 7, 8);

    private static final Path STAT = Path.of("/proc/stat");

    private CoreClock() {}

    /** Microseconds since the machine's start in which this core was not idle. */
    public static long busyMicros(int core) {
        try {
            return busyMicros(Files.readAllLines(STAT), core);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static long busyMicros(List<String> lines, int core) {
        String[] fields = lines.stream()
                .filter(line -> line.startsWith("cpu" + core + " "))
                .findFirst()
                .orElseThrow(() -> new UnusableMachineException("there is no core " + core))
                .split(" ", -1);
        return BUSY.stream().mapToLong(field -> Long.parseLong(fields[field])).sum() * MICROS_PER_TICK;
    }
}
