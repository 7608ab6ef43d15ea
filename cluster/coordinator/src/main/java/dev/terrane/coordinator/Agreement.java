package dev.terrane.coordinator;

import dev.terrane.base.NodeId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The release whose language everybody in the cluster speaks. What a later one brings is neither written into the log nor said to nodes before all have agreed on it; afterwards older nodes are refused.
 *
 * <pre>
 *   0.1 everywhere ─► nodes of 0.2, one by one (and back) ─► an administrator says 0.2 ─► all are 0.2? ─► agreed: 0.2, and no way back
 * </pre>
 *
 * <p>It is a value of the log under {@link #KEY}; none at all means {@link Release#FIRST}, or whatever comes first in a log that is new.
 */
public final class Agreement {
    /** Of the value, told to every node with the map. */
    public static final String KEY = ClusterMap.SHARED + "release";

    /** Override by which an administrator says what to agree on; it is taken back when that is done, or cannot be. */
    public static final String WISH = "release";

    private Agreement() {}

    public static Release of(CoordinatorState state) {
        return release(state.value(KEY).orElse(null));
    }

    public static Release of(ClusterMap map) {
        return release(map.values().get(KEY));
    }

    private static Release release(byte @Nullable [] value) {
        return value == null ? Release.FIRST : Release.of(new String(value, StandardCharsets.UTF_8));
    }

    /**
     * What the leader should propose now, if anything: what an administrator wants, once nobody is in its way, and its own release in a log that has given no cell to anybody yet.
     *
     * @param coordinators all that there should be
     */
    public static Optional<Command.PutValue> due(CoordinatorState state, List<NodeId> coordinators, Release own) {
        Release agreed = of(state);
        boolean founding = isOpen(state) || state.value(KEY).isEmpty() && !own.speaks(agreed);
        return (founding ? Optional.of(own) : wish(state))
                .filter(wanted -> wanted.language() > agreed.language())
                .filter(wanted -> obstacle(state, coordinators, wanted).isEmpty())
                .map(wanted -> new Command.PutValue(
                        KEY, state.valueVersion(KEY), wanted.family().getBytes(StandardCharsets.UTF_8)));
    }

    /** Nothing has been agreed on, and nothing has happened yet that would bind anybody. */
    private static boolean isOpen(CoordinatorState state) {
        return state.value(KEY).isEmpty() && state.tenures().isEmpty();
    }

    /** What an administrator wants; empty: nothing that has not been done. */
    public static Optional<Release> wish(CoordinatorState state) {
        return state.overrides().stream()
                .filter(override -> override.name().equals(WISH))
                .map(override -> Release.of(override.value()))
                .findFirst();
    }

    /** Why all cannot agree on that release now; empty when they can. */
    public static Optional<String> obstacle(CoordinatorState state, List<NodeId> coordinators, Release wanted) {
        for (NodeInfo node : state.nodes()) {
            Release release = Release.of(node.version());
            if (!release.speaks(wanted)) {
                return Optional.of("node %s is of release %s".formatted(node.node(), release));
            }
        }
        // One that is away would find entries in the log that it cannot read.
        return coordinators.stream()
                .filter(coordinator ->
                        state.nodes().stream().noneMatch(node -> node.node().equals(coordinator)))
                .findFirst()
                .map(away -> "coordinator %s is away, and nobody knows its release".formatted(away));
    }

    /** Why a node of that version cannot come in; empty when it can. */
    static Optional<String> objection(CoordinatorState state, NodeInfo info) {
        Release agreed = of(state);
        Release release = Release.of(info.version());
        if (isOpen(state) || release.speaks(agreed)) {
            return Optional.empty();
        }
        return Optional.of(
                release.compareTo(agreed) < 0
                        ? "node %s is of release %s, and this cluster has agreed on %s: start it with that one"
                                .formatted(info.node(), release, agreed.family())
                        : "node %s is of release %s, and this cluster has agreed on %s: upgrade one minor release at a time, and finish each"
                                .formatted(info.node(), release, agreed.family()));
    }
}
