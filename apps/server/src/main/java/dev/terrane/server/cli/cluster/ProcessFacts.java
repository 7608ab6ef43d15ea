package dev.terrane.server.cli.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A process that somebody else started, told apart from a later one that got the same number. Any thread may ask; answers are of the moment.
 *
 * @param pid 0: there is none
 * @param startedAtMillis since 1970; 0 where the system does not say
 */
public record ProcessFacts(long pid, long startedAtMillis) {
    public static final ProcessFacts NONE = new ProcessFacts(0, 0);

    /** What became of it. */
    public enum State {
        RUNNING,
        /** Frozen by SIGSTOP. */
        STOPPED,
        GONE
    }

    static ProcessFacts of(ProcessHandle process) {
        return new ProcessFacts(process.pid(), startOf(process));
    }

    /** Empty when it is gone. */
    Optional<ProcessHandle> handle() {
        return pid == 0
                ? Optional.empty()
                : ProcessHandle.of(pid)
                        .filter(ProcessHandle::isAlive)
                        .filter(found -> startedAtMillis == 0 || startOf(found) == startedAtMillis);
    }

    public State state() {
        if (handle().isEmpty()) {
            return State.GONE;
        }
        try {
            // "pid (name) S …": the name may contain anything, so the state is what follows the last bracket.
            String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            char letter = line.charAt(line.lastIndexOf(')') + 2);
            return letter == 'T' ? State.STOPPED : letter == 'Z' ? State.GONE : State.RUNNING;
        } catch (IOException noSuchFile) {
            return handle().isPresent() ? State.RUNNING : State.GONE; // a system without /proc
        }
    }

    /**
     * Sends it a signal.
     *
     * @param signal as kill(1) names it: KILL, STOP, CONT, TERM
     * @return false when it is gone
     */
    public boolean signal(String signal) {
        return signal(signal, List.of(this));
    }

    /**
     * Sends it to all of them at once.
     *
     * @param signal as kill(1) names it: KILL, STOP, CONT, TERM
     * @return false when one is gone; then the others need not have got it
     */
    public static boolean signal(String signal, List<ProcessFacts> all) {
        if (all.stream().anyMatch(each -> each.handle().isEmpty())) {
            return false;
        }
        List<String> words = new ArrayList<>(List.of("kill", "-" + signal));
        all.forEach(each -> words.add(Long.toString(each.pid)));
        try {
            Process kill = new ProcessBuilder(words)
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
            return kill.waitFor() == 0;
        } catch (IOException e) {
            throw new UncheckedIOException("the kill command cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}
