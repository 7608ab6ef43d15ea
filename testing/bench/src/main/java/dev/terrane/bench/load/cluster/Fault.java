package dev.terrane.bench.load.cluster;

import dev.terrane.server.cli.cluster.Cable;
import dev.terrane.server.cli.cluster.NodeFacts;
import dev.terrane.server.cli.cluster.ProcessFacts;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What is done to nodes, all at once, and how it ends. */
public sealed interface Fault {
    /** SIGKILL. */
    record Killed() implements Fault {}

    /** Frozen by SIGSTOP, which SIGCONT ends. */
    record Stopped() implements Fault {}

    /** Cut off from everybody else, or one way only. Needs cables. */
    record CutOff(Cable.Cut way) implements Fault {}

    /** How long until it ends by itself; 0: it does not. */
    default long nanos() {
        return switch (this) {
            case Killed _ -> 0;
            case Stopped _ -> TimeUnit.SECONDS.toNanos(2);
            case CutOff _ -> TimeUnit.SECONDS.toNanos(5); // longer than a lease: it has to notice
        };
    }

    /** What the nodes are then, for people. */
    default String word() {
        return switch (this) {
            case Killed _ -> "killed";
            case Stopped _ -> "stopped";
            case CutOff cut -> cut.way.word();
        };
    }

    /** For the name of the bench: nothing for what is usual. */
    default String suffix() {
        return switch (this) {
            case Killed _ -> "";
            case Stopped _ -> "-stop";
            case CutOff cut ->
                switch (cut.way) {
                    case BOTH -> "-cut";
                    case IN -> "-cut-in";
                    case OUT -> "-cut-out";
                };
        };
    }

    /** @throws IllegalStateException if one of them is gone already */
    default void begin(List<NodeFacts> nodes) {
        boolean there = switch (this) {
            case Killed _ -> ProcessFacts.signal("KILL", processes(nodes));
            case Stopped _ -> ProcessFacts.signal("STOP", processes(nodes));
            case CutOff cut -> {
                nodes.forEach(node -> node.cable().orElseThrow().cut(cut.way));
                yield true;
            }
        };
        if (!there) {
            throw new IllegalStateException(
                    nodes.stream().map(NodeFacts::name).toList() + " ended before they were hit");
        }
    }

    /** Of what ends by itself. */
    default void end(List<NodeFacts> nodes) {
        switch (this) {
            case Killed _ -> {}
            case Stopped _ -> ProcessFacts.signal("CONT", processes(nodes));
            case CutOff _ -> nodes.forEach(node -> node.cable().orElseThrow().mend());
        }
    }

    private static List<ProcessFacts> processes(List<NodeFacts> nodes) {
        return nodes.stream().map(NodeFacts::process).toList();
    }
}
