package dev.terrane.bench.load.os;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a number was measured on, and with what. */
public record Machine(String description, String commit) {
    /** Class path, logs, pipes. */
    private static final int OTHER_FILES = 500;

    public static Machine here() {
        return new Machine(
                "%d × %s, Linux %s, Java %s"
                        .formatted(
                                Runtime.getRuntime().availableProcessors(),
                                line("/proc/cpuinfo", "model name"),
                                System.getProperty("os.version"),
                                System.getProperty("java.runtime.version")),
                checkedOut());
    }

    /** Bytes of memory that the process holds: VmRSS. */
    public static long residentBytes(long pid) {
        String kibibytes =
                line("/proc/" + pid + "/status", "VmRSS").replace("kB", "").strip();
        return kibibytes.isEmpty() ? 0 : Long.parseLong(kibibytes) * 1024;
    }

    /** @throws UnusableMachineException when a process may not have so many sockets */
    public static void requireOpenFiles(int sockets) {
        String[] words = line("/proc/self/limits", "Max open files").split(" +", -1);
        String most = words[words.length - 2];
        if (!most.equals("unlimited") && Integer.parseInt(most) < sockets + OTHER_FILES) {
            throw new UnusableMachineException(
                    "%d sockets need as many open files; this process may have %s (ulimit -Hn)"
                            .formatted(sockets, most));
        }
    }

    private static String line(String file, String key) {
        try (var lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    private static String checkedOut() {
        String home = System.getenv().getOrDefault("TERRANE_HOME", ".");
        String hash = output(List.of("git", "-C", home, "rev-parse", "--short", "HEAD"));
        String changes = output(List.of("git", "-C", home, "status", "--porcelain", "--untracked-files=no"));
        return hash.isEmpty() ? "unknown" : changes.isEmpty() ? hash : hash + "+changes";
    }

    private static String output(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
