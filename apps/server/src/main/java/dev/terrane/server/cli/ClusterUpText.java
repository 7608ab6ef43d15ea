package dev.terrane.server.cli;

import dev.terrane.json.JsonTree;
import dev.terrane.server.cli.cluster.ClusterProgress;
import dev.terrane.server.cli.cluster.LocalCluster;
import dev.terrane.server.cli.cluster.NodeFacts;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code cluster up} says, for people or for machines. Any thread. */
final class ClusterUpText implements ClusterProgress {
    private final PrintWriter out;
    private final boolean json;

    ClusterUpText(PrintWriter out, boolean json) {
        this.out = out;
        this.json = json;
    }

    @Override
    public void step(String text) {
        say(text, "step", Map.of("text", text));
    }

    @Override
    public void started(NodeFacts node) {
        say("%-4s starting, process %d".formatted(node.name(), node.process().pid()), "started", facts(node));
    }

    @Override
    public void ready(NodeFacts node, long afterMillis) {
        Map<String, Object> facts = facts(node);
        facts.put("millis", afterMillis);
        say("%-4s ready after %.1f s".formatted(node.name(), afterMillis / 1000.0), "ready", facts);
    }

    @Override
    public void ended(NodeFacts node, int exitCode) {
        Map<String, Object> facts = facts(node);
        facts.put("exitCode", exitCode);
        say(
                "%-4s ended with code %d; start it again: terrane cluster start %s (log: %s)"
                        .formatted(node.name(), exitCode, node.name(), node.log()),
                "ended",
                facts);
    }

    void up(LocalCluster cluster, Path file) {
        say(
                "%nthe cluster is up: open %s%nCtrl-C ends it; terrane cluster status shows it (%s)%n"
                        .formatted(cluster.url(), file),
                "up",
                Map.of("url", cluster.url(), "file", file.toString()));
    }

    void failed(String why) {
        say("terrane: " + why, "failed", Map.of("text", why));
    }

    void down() {
        say("the cluster is down", "down", Map.of());
    }

    private static Map<String, Object> facts(NodeFacts node) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("node", node.name());
        facts.put("pid", node.process().pid());
        facts.put("port", node.ports().http());
        return facts;
    }

    private synchronized void say(String text, String event, Map<String, Object> facts) {
        if (json) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("event", event);
            line.putAll(facts);
            out.println(JsonTree.write(line));
        } else {
            out.println(text);
        }
        out.flush();
    }
}
