package dev.terrane.server.cli.cluster;

import dev.terrane.coordinator.NodeInfo.Role;
import dev.terrane.json.JsonTree;
import dev.terrane.jwt.JwtIssuer;
import dev.terrane.jwt.JwtSecret;
import dev.terrane.jwt.JwtSettings;
import dev.terrane.server.config.TerraneConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks the coordinators, one after the other until one can say: the leader decides, and the others know who it is. Blocks. */
public final class CoordinatorCalls implements AutoCloseable {
    private static final Duration TOKEN_VALID = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    /** Not this one: it does not lead, or not yet. */
    private static final int MISDIRECTED = 421;

    private static final int SERVER_FAULT = 500;
    private static final int NOT_FOUND = 404;

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private final List<String> bases;
    private final TerraneConfig.Jwt jwt;
    private final String author;

    /** @param author in whose name things are done */
    public CoordinatorCalls(ClusterFacts cluster, TerraneConfig config, String author) {
        this.bases = cluster.nodes().stream()
                .filter(node -> node.role() == Role.COORDINATOR)
                .filter(node -> node.process().state() == ProcessFacts.State.RUNNING)
                .map(node -> "http://127.0.0.1:" + node.ports().http()
                        + config.server().restPrefix() + "/cluster")
                .toList();
        this.jwt = config.auth().jwt();
        this.author = author;
    }

    /** Nodes, and whether the cluster is whole; empty when no coordinator answers. */
    public Optional<JsonTree> cluster() {
        return read("");
    }

    /** Who has which cell; empty when no coordinator answers. */
    public Optional<JsonTree> cells() {
        return read("/cells");
    }

    /** @throws ClusterUnusableException if nobody can; @return empty when done, otherwise why it was refused */
    public String drain(String node, boolean draining, String reason) {
        return order("/nodes/" + node + "/drain", Map.of("draining", draining, "reason", reason));
    }

    /** @throws ClusterUnusableException if nobody can; @return empty when done, otherwise why it was refused */
    public String move(String cell, String to, String reason) {
        return order("/cells/move", Map.of("cell", cell, "to", to, "reason", reason));
    }

    private Optional<JsonTree> read(String path) {
        for (String base : bases) {
            try {
                HttpResponse<String> answer = send(request(base + path).GET().build());
                if (answer.statusCode() == 200) {
                    return Optional.of(JsonTree.read(answer.body()));
                }
            } catch (IOException e) {
                // The next one may know.
            }
        }
        return Optional.empty();
    }

    private String order(String path, Map<String, Object> body) {
        String last = "none of them runs";
        for (String base : bases) {
            try {
                HttpResponse<String> answer = send(request(base + path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(JsonTree.write(body)))
                        .build());
                int status = answer.statusCode();
                if (status / 100 == 2) {
                    return "";
                }
                last = message(answer);
                if (status != MISDIRECTED && status < SERVER_FAULT) {
                    return status == NOT_FOUND && last.isEmpty() ? "the coordinator does not know that" : last;
                }
            } catch (IOException e) {
                last = String.valueOf(e.getMessage());
            }
        }
        throw new ClusterUnusableException("no coordinator can do it now: " + last);
    }

    private HttpRequest.Builder request(String uri) {
        // Whoever has the servers' own secret may do anything anyway.
        JwtSettings signing =
                new JwtSettings(JwtSecret.of(jwt.secret().reveal()), jwt.issuer(), TOKEN_VALID, Duration.ZERO);
        String token = new JwtIssuer(signing).issueAdmin(author, System.currentTimeMillis());
        return HttpRequest.newBuilder(URI.create(uri)).timeout(PATIENCE).header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static String message(HttpResponse<String> answer) {
        try {
            return JsonTree.read(answer.body()).get("reason").text();
        } catch (IOException noJson) {
            return "status " + answer.statusCode();
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
