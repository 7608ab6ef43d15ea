package dev.terrane.bench.load.os;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who runs where: the server on one core, the bots on another, and everything else (this program, the database) wherever it does not disturb the server.
 *
 * @param server number of the server's core
 * @param bots number of the bots' core
 */
public record Cores(int server, int bots) {
    /** @throws UnusableMachineException says what is missing */
    public static Cores of(int server, int bots) {
        int count = Runtime.getRuntime().availableProcessors();
        if (server == bots || server >= count || bots >= count) {
            throw new UnusableMachineException(
                    "server and bots need a core each; this machine offers cores 0 to %d, asked for were %d and %d"
                            .formatted(count - 1, server, bots));
        }
        boolean found = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "taskset")));
        if (!found) {
            throw new UnusableMachineException(
                    "taskset, which pins processes to cores, is not on the PATH. It is part of util-linux (Debian: apt-get install util-linux)");
        }
        return new Cores(server, bots);
    }

    public String forServer() {
        return Integer.toString(server);
    }

    public String forBots() {
        return Integer.toString(bots);
    }

    public String both() {
        return server + "," + bots;
    }

    /** What to put before a command. */
    static List<String> pin(String cores) {
        return List.of("taskset", "-c", cores);
    }

    /** Moves this process, and with it what it will start without a pin of its own, off the server's core. */
    public void leaveServerAlone() {
        int count = Runtime.getRuntime().availableProcessors();
        String others = count > 2 ? others(count) : Integer.toString(bots);
        String pid = Long.toString(ProcessHandle.current().pid());
        try {
            new ProcessBuilder("taskset", "-a", "-p", "-c", others, pid)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UnusableMachineException("taskset cannot be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Lets this process, and what it will start, run before everything else on the machine, at a real-time priority: nothing less helps where sessions share the
     * cores evenly and whoever wakes up waits for the others' turns.
     *
     * @throws UnusableMachineException when it may not
     */
    public static void goFirst() {
        String pid = Long.toString(ProcessHandle.current().pid());
        try {
            int code = new ProcessBuilder("chrt", "-a", "-r", "-p", "1", pid)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new UnusableMachineException("only root may go first");
            }
        } catch (IOException e) {
            throw new UnusableMachineException("chrt, a part of util-linux, cannot be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String others(int count) {
        StringBuilder list = new StringBuilder();
        for (int core = 0; core < count; core++) {
            if (core != server && core != bots) {
                list.append(list.isEmpty() ? "" : ",").append(core);
            }
        }
        return list.toString();
    }
}
