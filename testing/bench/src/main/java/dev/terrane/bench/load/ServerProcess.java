package dev.terrane.bench.load;

import dev.terrane.bench.load.metrics.Metrics;
import dev.terrane.bench.load.os.ChildJvm;
import dev.terrane.postgres.DatabaseAddress;
import dev.terrane.server.cli.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The real server, in a process pinned to its core. */
final class ServerProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("ready: open http://[^:]+:(\\d+)");
    /** What the log says above the level of information, and where exceptions come from. */
    private static final Pattern TROUBLE = Pattern.compile("^[0-9:.]+ (WARN|ERROR) |Exception|^\\s+at ");

    private static final long START_SECONDS_MAX = 90;

    private final ChildJvm jvm;
    private final CompletableFuture<Integer> port;
    private final HttpClient http = HttpClient.newHttpClient();

    private ServerProcess(ChildJvm jvm, CompletableFuture<Integer> port) {
        this.jvm = jvm;
        this.port = port;
    }

    /** @param settings keys of the server's configuration */
    static ServerProcess start(Laboratory laboratory, List<String> flags, Map<String, String> settings) {
        return start(laboratory, laboratory.cores().forServer(), flags, List.of(), settings);
    }

    /** @param config a file with settings, too */
    static ServerProcess start(Laboratory laboratory, List<String> flags, Path config, Map<String, String> settings) {
        List<String> words = List.of("--config", config.toString());
        return start(laboratory, laboratory.cores().forServer(), flags, words, settings);
    }

    /** For runs without bots: it may have their core, too. */
    static ServerProcess startOnBothCores(Laboratory laboratory, List<String> flags, Map<String, String> settings) {
        return start(laboratory, laboratory.cores().both(), flags, List.of(), settings);
    }

    private static ServerProcess start(
            Laboratory laboratory, String cores, List<String> flags, List<String> words, Map<String, String> settings) {
        CompletableFuture<Integer> port = new CompletableFuture<>();
        ChildJvm jvm = ChildJvm.start(
                cores, flags, Main.class, arguments(laboratory.emptyDatabase(), words, settings), line -> {
                    Matcher ready = READY.matcher(line);
                    if (ready.find()) {
                        port.complete(Integer.parseInt(ready.group(1)));
                    }
                    if (TROUBLE.matcher(line).find()) {
                        laboratory.progress().say("server: " + line);
                    }
                });
        ServerProcess server = new ServerProcess(jvm, port);
        server.awaitReady();
        return server;
    }

    private static List<String> arguments(DatabaseAddress database, List<String> more, Map<String, String> settings) {
        List<String> words = new ArrayList<>(List.of("run", "--port", "0", "--database-url", database.jdbcUrl()));
        words.addAll(more);
        set(words, "database.user", database.user());
        set(words, "database.password", database.password());
        set(words, "world.name", "bench");
        settings.forEach((key, value) -> set(words, key, value));
        return words;
    }

    private static void set(List<String> words, String key, String value) {
        words.add("--set");
        words.add(key + "=" + value);
    }

    private void awaitReady() {
        try {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS_MAX);
            while (true) {
                try {
                    port.get(100, TimeUnit.MILLISECONDS);
                    return;
                } catch (TimeoutException e) {
                    if (!jvm.alive() || System.nanoTime() > end) {
                        throw new IllegalStateException("the server did not become ready:\n" + jvm.tail(), e);
                    }
                }
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("the server did not become ready:\n" + jvm.tail(), e);
        } finally {
            if (!port.isDone()) {
                jvm.close();
            }
        }
    }

    int port() {
        return port.join();
    }

    long pid() {
        return jvm.pid();
    }

    ChildJvm jvm() {
        return jvm;
    }

    /** What {@code /metrics} says now. */
    Metrics metrics() {
        try {
            URI url = URI.create("http://127.0.0.1:" + port() + "/metrics");
            return Metrics.parse(http.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString())
                    .body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        jvm.close();
        http.shutdownNow();
    }
}
