package dev.terrane.server.cli.cluster;

import dev.terrane.coordinator.NodeInfo.Role;
import dev.terrane.json.JsonTree;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A node of the local cluster as {@code cluster.json} has it.
 *
 * @param log what the process says
 */
public record NodeFacts(String name, Role role, Ports ports, Path log, ProcessFacts process) {
    /**
     * Where it listens, all on the loopback address.
     *
     * @param http page, WebSocket, REST and metrics
     * @param link other nodes
     * @param raftLog other coordinators; 0 for any other role
     */
    public record Ports(int http, int link, int raftLog) {}

    /** The command that runs such a node. */
    String word() {
        return role.name().toLowerCase(Locale.ROOT);
    }

    NodeFacts with(ProcessFacts other) {
        return new NodeFacts(name, role, ports, log, other);
    }

    /** What it is called among the cluster's coordinators. */
    String address() {
        return "%s=127.0.0.1:%d:%d".formatted(name, ports.link, ports.raftLog);
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("role", word());
        json.put("pid", process.pid());
        json.put("startedAtMillis", process.startedAtMillis());
        json.put("httpPort", ports.http);
        json.put("linkPort", ports.link);
        json.put("logPort", ports.raftLog);
        json.put("log", log.toString());
        return json;
    }

    static NodeFacts of(JsonTree json) {
        return new NodeFacts(
                json.get("name").text(),
                Role.valueOf(json.get("role").text().toUpperCase(Locale.ROOT)),
                new Ports(
                        (int) json.get("httpPort").number(),
                        (int) json.get("linkPort").number(),
                        (int) json.get("logPort").number()),
                Path.of(json.get("log").text()),
                new ProcessFacts(
                        json.get("pid").number(), json.get("startedAtMillis").number()));
    }
}
