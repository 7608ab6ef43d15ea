package dev.terrane.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Terrane server in a process of its own, as a user starts it; it can be asked, stopped and killed. */
final class ServerProcess implements AutoCloseable {
    /** In a JSON log each slash may have a backslash before it. */
    private static final Pattern READY = Pattern.compile("ready: open (https?):[\\\\/]+[^:]+:(\\d+)");

    private static final long START_SECONDS_MAX = 180;

    private final Process process;
    private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final HttpClient http = HttpClient.newHttpClient();

    private ServerProcess(Process process) {
        this.process = process;
        Thread.ofPlatform().daemon().name("server-output").start(this::readOutput);
    }

    /** Starts it on a free port with its data in this folder, and waits until it is ready. */
    static ServerProcess start(Path data, String... options) {
        return startOn(0, data, options);
    }

    /** The same on this port; 0 takes a free one. */
    static ServerProcess startOn(int wantedPort, Path data, String... options) {
        ServerProcess started = launch(wantedPort, data, options);
        try {
            started.port.get(START_SECONDS_MAX, TimeUnit.SECONDS);
            return started;
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            started.kill();
            throw new IllegalStateException("the server did not become ready:\n" + started.output(), e);
        }
    }

    /** Starts it without waiting. */
    private static ServerProcess launch(int wantedPort, Path data, String... options) {
        List<String> command =
                new ArrayList<>(List.of("run", "--port", Integer.toString(wantedPort), "--data", data.toString()));
        command.addAll(List.of(options));
        return new ServerProcess(terrane(command.toArray(String[]::new)));
    }

    /** Runs the command line program with these words. */
    static Process terrane(String... words) {
        return terraneOf(System.getProperty("java.class.path"), words);
    }

    /** The same, of another build. */
    static Process terraneOf(String classPath, String... words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath,
                "dev.terrane.server.cli.Main"));
        command.addAll(List.of(words));
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port.join();
    }

    URI http(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    URI socket() {
        return URI.create("ws://127.0.0.1:" + port() + "/ws");
    }

    /** The answer's body; fails when the status is not 200. */
    String get(String path) {
        try {
            HttpResponse<String> answer =
                    http.send(HttpRequest.newBuilder(http(path)).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(path + " answered " + answer.statusCode() + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sum of a metric over all its labels. */
    double metric(String name) {
        return get("/metrics")
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Everything it has said so far. */
    String output() {
        return String.join("\n", lines);
    }

    /** As Ctrl-C does; returns the exit code. */
    int interrupt(long secondsMax) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(secondsMax, TimeUnit.SECONDS)) {
            throw new IllegalStateException("still running " + secondsMax + " s after the signal:\n" + output());
        }
        return process.exitValue();
    }

    /** SIGKILL: no hook runs, nothing is stored. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    boolean alive() {
        return process.isAlive();
    }

    private void readOutput() {
        try (BufferedReader output = process.inputReader()) {
            String line;
            while ((line = output.readLine()) != null) {
                lines.add(line);
                Matcher ready = READY.matcher(line);
                if (ready.find()) {
                    port.complete(Integer.parseInt(ready.group(2)));
                }
            }
        } catch (IOException e) {
            lines.add("(output ended: " + e.getMessage() + ")");
        }
        port.completeExceptionally(new IllegalStateException("the server ended"));
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            try {
                interrupt(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                kill();
            }
        }
        http.close();
    }
}
