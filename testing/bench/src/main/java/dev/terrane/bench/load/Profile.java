package dev.terrane.bench.load;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/** Where the server's CPU time went, by samples that the JVM took per so much CPU time of its threads, native code included. */
final class Profile {
    /** What {@code JFR.start} has to be told. */
    static final List<String> START = List.of(
            "name=bench", "settings=profile", "jdk.CPUTimeSample#enabled=true", "jdk.CPUTimeSample#throttle=5ms");

    private static final String SAMPLE = "jdk.CPUTimeSample";
    private static final String OURS = "dev.terrane.";
    private static final int ROWS_MAX = 18;

    private final Map<String, Integer> byThread = new TreeMap<>();
    private final Map<String, Integer> byMethod = new TreeMap<>();
    private final Map<String, Integer> byCaller = new TreeMap<>();
    private int total;

    static Profile of(Path recording) {
        Profile profile = new Profile();
        try (RecordingFile events = new RecordingFile(recording)) {
            while (events.hasMoreEvents()) {
                RecordedEvent event = events.readEvent();
                if (event.getEventType().getName().equals(SAMPLE)) {
                    profile.add(event);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return profile;
    }

    private void add(RecordedEvent sample) {
        String thread = sample.getThread("eventThread") == null
                ? "a thread of the JVM"
                : sample.getThread("eventThread").getJavaName();
        List<RecordedFrame> frames = sample.getStackTrace() == null
                ? List.of()
                : sample.getStackTrace().getFrames();
        total++;
        byThread.merge(family(String.valueOf(thread)), 1, Integer::sum);
        byMethod.merge(frames.isEmpty() ? "(no Java frame)" : name(frames.getFirst()), 1, Integer::sum);
        byCaller.merge(
                frames.stream()
                        .map(Profile::name)
                        .filter(name -> name.startsWith(OURS))
                        .findFirst()
                        .orElse("(nothing of ours)"),
                1,
                Integer::sum);
    }

    /** Threads that differ by their number, or by their world's name, are one family. */
    static String family(String thread) {
        return thread.replaceAll("-bench-[a-z0-9]+", "").replaceAll("\\d+", "N");
    }

    private static String name(RecordedFrame frame) {
        RecordedMethod method = frame.getMethod();
        return method.getType().getName() + "." + method.getName();
    }

    /** @param systemTimeShare of the same time, as the operating system counts it */
    void print(PrintStream out, double systemTimeShare) {
        out.printf(
                "%d samples, 5 ms of CPU time each; the kernel took %.0f %% of all CPU time%n",
                total, systemTimeShare * 100);
        table(out, "by thread", byThread);
        table(out, "by method on top (a native one stands for its system calls)", byMethod);
        table(out, "by nearest method of ours", byCaller);
    }

    private void table(PrintStream out, String title, Map<String, Integer> counts) {
        out.println(title);
        counts.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(ROWS_MAX)
                .forEach(row -> out.printf("  %5.1f %%  %s%n", row.getValue() * 100.0 / total, row.getKey()));
    }
}
