package dev.terrane.server.cli.cluster;

import dev.terrane.coordinator.Agreement;
import dev.terrane.coordinator.NodeInfo.Role;
import dev.terrane.json.JsonTree;
import dev.terrane.jwt.JwtIssuer;
import dev.terrane.jwt.JwtSecret;
import dev.terrane.jwt.JwtSettings;
import dev.terrane.server.config.TerraneConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks the coordinators of a local cluster. One thread; blocks. */
public final class CoordinatorCalls implements AutoCloseable {
    private static final Duration TOKEN_VALID = Duration.ofMinutes(1);

    private final AdminCalls calls;
    private String trouble = "";

    /** @param author in whose name things are done */
    public CoordinatorCalls(ClusterFacts cluster, TerraneConfig config, String author) {
        this.calls = local(cluster, config, author);
    }

    /** The same for any question and wish. */
    public static AdminCalls local(ClusterFacts cluster, TerraneConfig config, String author) {
        List<String> bases = cluster.nodes().stream()
                .filter(node -> node.role() == Role.COORDINATOR)
                .filter(node -> node.process().state() == ProcessFacts.State.RUNNING)
                .map(node -> "http://127.0.0.1:" + node.ports().http()
                        + config.server().restPrefix())
                .toList();
        return new AdminCalls(bases, () -> token(config, author, TOKEN_VALID));
    }

    /** Whoever has the servers' own secret may do anything anyway. @param author 1 to 100 visible ASCII characters */
    public static String token(TerraneConfig config, String author, Duration valid) {
        return issuer(config, valid).issueAdmin(author, System.currentTimeMillis());
    }

    /** For one who may look and not touch. */
    public static String viewerToken(TerraneConfig config, String name, Duration valid) {
        return issuer(config, valid).issueViewer(name, System.currentTimeMillis());
    }

    private static JwtIssuer issuer(TerraneConfig config, Duration valid) {
        TerraneConfig.Jwt jwt = config.auth().jwt();
        return new JwtIssuer(new JwtSettings(JwtSecret.of(jwt.secret().reveal()), jwt.issuer(), valid, Duration.ZERO));
    }

    /** Nodes, and whether the cluster is whole; empty when no coordinator answers. */
    public Optional<JsonTree> cluster() {
        return read(() -> calls.get("/cluster"));
    }

    /** Who has which cell; empty when no coordinator answers. */
    public Optional<JsonTree> cells() {
        return read(() -> calls.all("/cluster/cells", "cells"));
    }

    private Optional<JsonTree> read(Supplier<AdminCalls.Reply> question) {
        try {
            AdminCalls.Reply reply = question.get();
            trouble = reply.done() ? "" : reply.reason();
            return reply.done() ? Optional.of(reply.body()) : Optional.empty();
        } catch (ClusterUnusableException nobodyAnswers) {
            trouble = String.valueOf(nobodyAnswers.getMessage());
            return Optional.empty();
        }
    }

    /** Why the last question was not answered; empty if it was. */
    public String trouble() {
        return trouble;
    }

    /** @throws ClusterUnusableException if nobody can; @return empty when done, otherwise why it was refused */
    public String drain(String node, boolean draining, String reason) {
        return order("/cluster/nodes/" + node + "/drain", Map.of("draining", draining, "reason", reason));
    }

    /** @throws ClusterUnusableException if nobody can; @return empty when done, otherwise why it was refused */
    public String move(String cell, String to, String reason) {
        return order("/cluster/cells/move", Map.of("cell", cell, "to", to, "reason", reason));
    }

    /** Has all agree on a release as soon as they are of it. @throws ClusterUnusableException if nobody can; @return empty when ordered, otherwise why it was refused */
    public String agree(String release, String reason) {
        return order("/cluster/overrides", Map.of("name", Agreement.WISH, "value", release, "reason", reason));
    }

    private String order(String path, Map<String, Object> body) {
        AdminCalls.Reply reply = calls.post(path, body);
        return reply.done() ? "" : reply.reason();
    }

    @Override
    public void close() {
        calls.close();
    }
}
