package dev.terrane.system;

import dev.terrane.coordinator.NodeInfo.Role;
import dev.terrane.json.JsonTree;
import dev.terrane.server.cli.cluster.ClusterFacts;
import dev.terrane.server.cli.cluster.CoordinatorCalls;
import dev.terrane.server.cli.cluster.NodeFacts;
import dev.terrane.server.cli.cluster.ProcessFacts;
import dev.terrane.server.config.ConfigLoader;
import dev.terrane.server.config.TerraneConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A cluster as {@code terrane cluster up} starts it, each node a process; nodes can be hurt. */
final class ClusterProcess implements AutoCloseable {
    private static final long START_SECONDS_MAX = 240;
    private static final long END_SECONDS_MAX = 60;
    private static final Pattern CELL =
            Pattern.compile("\"region\":\"([^\"]+)\",\"layer\":(\\d+),\"worker\":\"([^\"]+)\"");
    private static final Pattern LEADS = Pattern.compile("this coordinator leads term=(\\d+)");

    private final Process process;
    private final Path folder;
    private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Boolean> up = new CompletableFuture<>();
    private final HttpClient http = HttpClient.newHttpClient();

    private ClusterProcess(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
        Thread.ofPlatform().daemon().name("cluster-output").start(this::readOutput);
    }

    /** Starts it with everything in this folder, and waits until it is up. */
    static ClusterProcess start(Path folder, String... options) {
        List<String> words =
                new ArrayList<>(List.of("cluster", "up", "--json", "--port", "0", "--data", folder.toString()));
        words.addAll(List.of(options));
        ClusterProcess cluster = new ClusterProcess(ServerProcess.terrane(words.toArray(String[]::new)), folder);
        try {
            if (!cluster.up.get(START_SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the cluster did not come up");
            }
            return cluster;
        } catch (Exception e) {
            cluster.close();
            throw new IllegalStateException("the cluster did not come up:\n" + cluster.output(), e);
        }
    }

    ClusterFacts facts() {
        return ClusterFacts.find(folder).orElseThrow();
    }

    String folder() {
        return folder.toString();
    }

    /** What {@code cluster status} shows. */
    String status() {
        try {
            Process shown = ServerProcess.terrane("cluster", "status", "--data", folder.toString());
            return new String(shown.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether every cell has an owner and a whole copy elsewhere, as the coordinators say. */
    boolean allCopied() {
        List<JsonTree> cells = cells();
        return !cells.isEmpty()
                && cells.stream().allMatch(cell -> cell.get("ready").isTrue());
    }

    /** As the coordinators know them; none while no coordinator answers. */
    List<JsonTree> cells() {
        TerraneConfig usual = ConfigLoader.load(null, Map.of(), Map.of()).config();
        try (CoordinatorCalls calls = new CoordinatorCalls(facts(), usual, "tests")) {
            return calls.cells().map(answer -> answer.get("cells").items()).orElse(List.of());
        }
    }

    /** Orders that a cell moves. */
    void move(String cell, String node) {
        try {
            Process asked = ServerProcess.terrane("cluster", "move", cell, node, "--data", folder.toString());
            String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (asked.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What a node has said, in all its lives. */
    String log(String name) {
        return log(node(name));
    }

    NodeFacts node(String name) {
        return facts().node(name);
    }

    /** KILL, STOP, CONT or TERM, to all of them at once. */
    void signal(String signal, String... nodes) {
        List<ProcessFacts> processes =
                Stream.of(nodes).map(node -> node(node).process()).toList();
        if (!ProcessFacts.signal(signal, processes)) {
            throw new IllegalStateException(List.of(nodes) + ": one is gone");
        }
    }

    /** Starts a killed one again, and waits until it is ready. */
    void startAgain(String node) {
        String trouble = facts().askToStart(node);
        if (!trouble.isEmpty()) {
            throw new IllegalStateException(trouble);
        }
    }

    URI socket(String gateway) {
        return URI.create("ws://127.0.0.1:" + node(gateway).ports().http() + "/ws");
    }

    /** A new guest's. */
    String guestToken(String gateway) {
        String answer = send(HttpRequest.newBuilder(uri(gateway, "/api/v1/guest"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
        Matcher token = Pattern.compile("\"token\"\\s*:\\s*\"([^\"]+)\"").matcher(answer);
        if (!token.find()) {
            throw new IllegalStateException("no token in " + answer);
        }
        return token.group(1);
    }

    /** Region → sim, as this gateway's map says. */
    Map<String, String> owners(String gateway) {
        String cells = send(HttpRequest.newBuilder(uri(gateway, "/api/v1/worlds/skirmish/cells"))
                .build());
        Map<String, String> owners = new HashMap<>();
        Matcher each = CELL.matcher(cells);
        while (each.find()) {
            owners.put(each.group(1), each.group(3));
        }
        return owners;
    }

    /** Layer → sim, of one region, as this gateway's map says. */
    Map<Integer, String> layers(String gateway, String world, String region) {
        String cells = send(HttpRequest.newBuilder(uri(gateway, "/api/v1/worlds/" + world + "/cells"))
                .build());
        Map<Integer, String> layers = new TreeMap<>();
        Matcher each = CELL.matcher(cells);
        while (each.find()) {
            if (each.group(1).equals(region)) {
                layers.put(Integer.parseInt(each.group(2)), each.group(3));
            }
        }
        return layers;
    }

    /** Sum of a metric of one node over all its labels. */
    double metric(String node, String name) {
        return send(HttpRequest.newBuilder(uri(node, "/metrics")).build())
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** The coordinator that said so under the highest term. */
    String leader() {
        String leader = "";
        long best = -1;
        for (NodeFacts node : facts().nodes()) {
            if (node.role() == Role.COORDINATOR) {
                Matcher said = LEADS.matcher(log(node));
                while (said.find()) {
                    long term = Long.parseLong(said.group(1));
                    if (term > best) {
                        best = term;
                        leader = node.name();
                    }
                }
            }
        }
        return leader;
    }

    /** SIGKILL to the process that started the nodes. */
    void killSupervisor() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Everything it has said so far, and the ends of the nodes' logs. */
    String output() {
        StringBuilder all = new StringBuilder(String.join("\n", lines));
        ClusterFacts.find(folder)
                .ifPresent(facts -> facts.nodes().forEach(node -> {
                    String log = log(node);
                    all.append("\n== ")
                            .append(node.name())
                            .append('\n')
                            .append(log.substring(Math.max(0, log.length() - 3000)));
                }));
        return all.toString();
    }

    private static String log(NodeFacts node) {
        try {
            return Files.exists(node.log()) ? Files.readString(node.log()) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private URI uri(String gateway, String path) {
        return URI.create("http://127.0.0.1:" + node(gateway).ports().http() + path);
    }

    private String send(HttpRequest request) {
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException(request.uri() + " answered " + answer.statusCode());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void readOutput() {
        try (BufferedReader output = process.inputReader()) {
            String line;
            while ((line = output.readLine()) != null) {
                lines.add(line);
                if (line.contains("\"event\":\"up\"")) {
                    up.complete(true);
                }
            }
        } catch (IOException e) {
            lines.add("(output ended: " + e.getMessage() + ")");
        }
        up.complete(false);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
                killSupervisor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            killSupervisor();
        }
        http.close();
    }
}
