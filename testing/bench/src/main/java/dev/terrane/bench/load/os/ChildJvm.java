package dev.terrane.bench.load.os;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A Java program with our class path, pinned to a core, whose lines somebody hears. Ends with us. */
public final class ChildJvm implements AutoCloseable {
    private static final int LINES_KEPT = 200;
    private static final long STOP_SECONDS_MAX = 20;

    private final Process process;
    private final ConcurrentLinkedDeque<String> lastLines = new ConcurrentLinkedDeque<>();
    private final Thread atExit;

    private ChildJvm(Process process, Consumer<String> lines) {
        this.process = process;
        this.atExit = new Thread(process::destroyForcibly, "stop-child");
        Runtime.getRuntime().addShutdownHook(atExit);
        Thread.ofPlatform().daemon().name("child-output").start(() -> read(lines));
    }

    /**
     * @param cores numbers of those it may use, by commas
     * @param flags of the JVM
     * @param lines hears each line that it writes, on a thread of its own
     */
    public static ChildJvm start(
            String cores, List<String> flags, Class<?> main, List<String> arguments, Consumer<String> lines) {
        List<String> command = new ArrayList<>(Cores.pin(cores));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        try {
            return new ChildJvm(
                    new ProcessBuilder(command).redirectErrorStream(true).start(), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** Waits for its end; the exit code. */
    public int await() throws InterruptedException {
        return process.waitFor();
    }

    /** The last lines it wrote: for errors. */
    public String tail() {
        return String.join("\n", lastLines);
    }

    /** Runs a command of {@code jcmd} in it; what jcmd said. */
    public String jcmd(String tool, List<String> words) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid())));
        command.add(tool);
        command.addAll(words);
        try {
            Process child =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (BufferedReader output = child.inputReader()) {
                return String.join("\n", output.lines().toList());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(Consumer<String> lines) {
        try (BufferedReader output = process.inputReader()) {
            String line;
            while ((line = output.readLine()) != null) {
                lastLines.add(line);
                if (lastLines.size() > LINES_KEPT) {
                    lastLines.poll();
                }
                lines.accept(line);
            }
        } catch (IOException _) {
            // It was ended: there is nothing more to hear.
        }
    }

    /** Asks it to end, and makes it if it does not. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IllegalStateException _) {
            // We are ending anyway: the hook runs.
        }
    }
}
