package dev.terrane.server.cli.cluster;

import dev.terrane.coordinator.NodeInfo.Role;
import dev.terrane.json.JsonTree;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A node of the local cluster as {@code cluster.json} has it.
 *
 * @param log what the process says
 */
public record NodeFacts(String name, Role role, Ports ports, Place place, Path log, ProcessFacts process) {
    /**
     * Where it listens.
     *
     * @param http page, WebSocket, REST and metrics, on the loopback address
     * @param link other nodes
     * @param raftLog other coordinators; 0 for any other role
     */
    public record Ports(int http, int link, int raftLog) {}

    /**
     * Where it is in the network.
     *
     * @param host address of its links
     * @param namespace of the network that it alone runs in, with a loopback address of its own; empty: this machine's
     */
    public record Place(String host, String namespace) {
        /** Without any cable. */
        public static final Place LOOPBACK = new Place("127.0.0.1", "");
    }

    /** The one that connects it with all others; none where there is nothing to cut. */
    public Optional<Cable> cable() {
        return place.namespace.isEmpty() ? Optional.empty() : Optional.of(new Cable(place.namespace));
    }

    /** The command that runs such a node. */
    String word() {
        return role.name().toLowerCase(Locale.ROOT);
    }

    NodeFacts with(ProcessFacts other) {
        return new NodeFacts(name, role, ports, place, log, other);
    }

    NodeFacts at(Place other) {
        return new NodeFacts(name, role, ports, other, log, process);
    }

    /** What it is called among the cluster's coordinators. */
    String address() {
        return "%s=%s:%d:%d".formatted(name, place.host, ports.link, ports.raftLog);
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
        json.put("host", place.host);
        json.put("namespace", place.namespace);
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
                json.get("host").there() // older builds wrote none
                        ? new Place(
                                json.get("host").text(), json.get("namespace").text())
                        : Place.LOOPBACK,
                Path.of(json.get("log").text()),
                new ProcessFacts(
                        json.get("pid").number(), json.get("startedAtMillis").number()));
    }
}
