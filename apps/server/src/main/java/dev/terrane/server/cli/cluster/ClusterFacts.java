package dev.terrane.server.cli.cluster;

import dev.terrane.json.JsonTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code cluster.json} says about a local cluster, so that other commands find it. Its user alone may read it: it has the key of the door.
 *
 * @param supervisor the process that started the nodes and ends them
 * @param door where it takes orders
 * @param database its JDBC URL, without a password
 * @param config the file with the nodes' settings; empty for none
 */
public record ClusterFacts(ProcessFacts supervisor, Door door, String database, String config, List<NodeFacts> nodes) {
    /** A port on the loopback address, and the word that opens it. */
    public record Door(int port, String key) {
        /** Keys are not for logs. */
        @Override
        public String toString() {
            return "127.0.0.1:" + port;
        }
    }

    /** Where it is in the cluster's folder. */
    public static Path in(Path folder) {
        return folder.resolve("cluster.json");
    }

    /**
     * What is known of the cluster of this folder, whether it runs or not.
     *
     * @throws ClusterUnusableException if the file cannot be read
     */
    public static Optional<ClusterFacts> find(Path folder) {
        Path file = in(folder);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(of(JsonTree.read(Files.readString(file))));
        } catch (IOException | IllegalArgumentException e) {
            throw new ClusterUnusableException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** @throws ClusterUnusableException if there is no cluster in the folder, or it does not run */
    public static ClusterFacts running(Path folder) {
        ClusterFacts found = find(folder)
                .orElseThrow(() -> new ClusterUnusableException(
                        "there is no cluster in " + folder + "; start one: terrane cluster up --data " + folder));
        if (!found.runs()) {
            throw new ClusterUnusableException(
                    "the cluster in " + folder + " does not run; start it: terrane cluster up --data " + folder);
        }
        return found;
    }

    public boolean runs() {
        return supervisor.handle().isPresent();
    }

    /** @throws ClusterUnusableException that names those that there are */
    public NodeFacts node(String name) {
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ClusterUnusableException("there is no node '" + name + "'; there are "
                        + String.join(", ", nodes.stream().map(NodeFacts::name).toList())));
    }

    /** @throws ClusterUnusableException if it has none */
    public Cable cable(String name) {
        return node(name)
                .cable()
                .orElseThrow(
                        () -> new ClusterUnusableException(
                                name
                                        + " has no cable that could be cut: sims have, of a cluster started by terrane cluster up --cables"));
    }

    /** Has a node started again by the process that runs the cluster, and waits. @return empty when it is ready, otherwise what is in the way */
    public String askToStart(String name) {
        return askToStart(name, "");
    }

    /** The same, as another build. @param classPath empty: as before */
    public String askToStart(String name, String classPath) {
        return ControlDoor.askToStart(door, name, classPath);
    }

    /** Replaces the file; a reader sees the old one or the new one. */
    void write(Path folder) throws IOException {
        Path part = folder.resolve("cluster.json.part");
        Files.deleteIfExists(part);
        Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(part, JsonTree.write(toJson()) + "\n");
        Files.move(part, in(folder), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("pid", supervisor.pid());
        json.put("startedAtMillis", supervisor.startedAtMillis());
        json.put("doorPort", door.port);
        json.put("doorKey", door.key);
        json.put("database", database);
        json.put("config", config);
        json.put("nodes", nodes.stream().map(NodeFacts::toJson).toList());
        return json;
    }

    private static ClusterFacts of(JsonTree json) {
        return new ClusterFacts(
                new ProcessFacts(
                        json.get("pid").number(), json.get("startedAtMillis").number()),
                new Door(
                        (int) json.get("doorPort").number(), json.get("doorKey").text()),
                json.get("database").text(),
                json.get("config").text(),
                json.get("nodes").items().stream().map(NodeFacts::of).toList());
    }
}
