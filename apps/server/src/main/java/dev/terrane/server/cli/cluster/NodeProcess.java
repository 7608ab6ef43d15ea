package dev.terrane.server.cli.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;

/**
 * A node's process and its guard: a shell that waits for the end of its input, which the system closes with us, even by SIGKILL, and then kills the node. Both are there from the first moment, because the shell
 * that makes the guard becomes the node.
 *
 * <p>Ctrl-C reaches the whole foreground group: the node does not hear it, for we end the nodes in their order.
 */
final class NodeProcess {
    // $$ is the shell's number also in the guard, and the node's once the shell has become it. When the node ends by
    // itself, the guard's input ends, too; it then has another parent, and the number may be
    // another program's.
    private static final String SCRIPT = """
            exec 3<&0
            (
              trap '' INT TERM HUP QUIT
              read -r _ <&3
              read -r _ _ _ parent _ </proc/self/stat || parent=$$
              [ "$parent" = $$ ] && kill -KILL $$
            ) >/dev/null 2>&1 &
            trap '' INT HUP
            exec "$@" </dev/null 3<&-
            """;

    /** As {@code ClusterNode} says it, for people or as JSON. */
    private static final Pattern READY =
            Pattern.compile("^\\S+ INFO +ready(:| |$)|\"formattedMessage\":\"ready[:\"]", Pattern.MULTILINE);

    private static final long POLL_MILLIS = 25;
    private static final int TAIL_LINES = 12;
    private static final int LOG_BYTES_READ_MAX = 1 << 20;

    private final Process process;
    private final Path log;
    private final long logFrom;

    private NodeProcess(Process process, Path log, long logFrom) {
        this.process = process;
        this.log = log;
        this.logFrom = logFrom;
    }

    /** Starts it; what it says goes to the end of the log. */
    static NodeProcess start(List<String> line, Map<String, String> environment, Path log) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", SCRIPT, "terrane-node"));
        command.addAll(line);
        try {
            Files.createDirectories(log.getParent());
            long from = Files.exists(log) ? Files.size(log) : 0;
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            return new NodeProcess(builder.start(), log, from);
        } catch (IOException e) {
            throw new UncheckedIOException("a node cannot be started", e);
        }
    }

    ProcessFacts facts() {
        return ProcessFacts.of(process.toHandle());
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Calls with the exit code once it has ended, on some thread. */
    void whenEnded(IntConsumer then) {
        process.onExit().thenAccept(ended -> then.accept(ended.exitValue()));
    }

    /** The one that it ended with. */
    int exitCode() {
        return process.exitValue();
    }

    /** Whether it has said so since it was started. */
    boolean ready() {
        return READY.matcher(said()).find();
    }

    /** Waits until it is ready; false if it ended or has not said so in time. */
    boolean awaitReady(long millisMax) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millisMax);
        while (System.nanoTime() - end < 0) {
            if (ready()) {
                return true;
            }
            if (!process.isAlive()) {
                return false;
            }
            Thread.sleep(POLL_MILLIS);
        }
        return false;
    }

    /** Its last lines: why it did not start. */
    String tail() {
        List<String> lines = said().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    }

    /** Asks it to end; a stopped one goes on for that. By its handle: a process that is destroyed has its input closed as well, and by that its guard would kill it. */
    void terminate() {
        if (process.isAlive()) {
            process.toHandle().destroy();
            facts().signal("CONT");
        }
    }

    /** Waits for its end; true if it came by itself. After that time it is killed. */
    boolean awaitEnd(long millisMax) throws InterruptedException {
        if (process.waitFor(millisMax, TimeUnit.MILLISECONDS)) {
            return true;
        }
        kill();
        return false;
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Our end of the guard's input: as long as it is open, the node lives. */
    OutputStream guard() {
        return process.getOutputStream();
    }

    private String said() {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long length = Math.max(0, file.length() - logFrom);
            byte[] bytes = new byte[(int) Math.min(LOG_BYTES_READ_MAX, length)];
            file.seek(logFrom);
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
