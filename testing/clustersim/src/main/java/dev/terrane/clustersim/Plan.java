package dev.terrane.clustersim;

import dev.terrane.base.NodeId;
import dev.terrane.base.Rng;
import java.util.ArrayList;
import java.util.List;

/**
 * What a seed plays.
 *
 * @param troubleSeconds how long there are faults, if any
 * @param quietSeconds how long everything has to come to rest afterwards
 * @param harsh whether two nodes of a kind may be ill at once
 */
record Plan(long seed, Size size, Pace pace, int troubleSeconds, int quietSeconds, boolean troubled, boolean harsh) {
    static final int TROUBLE_SECONDS_DEFAULT = 6;
    /** Lets a world begin before anything happens to it. */
    static final int CALM_SECONDS = 2;

    /** How much there is of everything. */
    record Size(int coordinators, int sims, int gateways, int regions, int players, int walkersPerRegion) {}

    /**
     * How often everything happens.
     *
     * @param hz ticks and snapshots per second
     * @param latencyMicros of links, at least; as much again by chance
     */
    record Pace(int hz, int checkpointSeconds, int latencyMicros) {}

    static Plan of(long seed, int troubleSeconds, boolean troubled) {
        Rng rng = new Rng(Rng.mix(seed));
        Size size = new Size(
                3, 2 + rng.nextInt(2), 1 + rng.nextInt(2), 3 + rng.nextInt(3), 2 + rng.nextInt(3), 2 + rng.nextInt(4));
        Pace pace = new Pace(rng.chance(0.5f) ? 10 : 20, 1 + rng.nextInt(4), 100 + rng.nextInt(3_000));
        return new Plan(seed, size, pace, troubleSeconds, 40, troubled, rng.chance(0.3f));
    }

    List<NodeId> coordinators() {
        return names("c", 0, size.coordinators);
    }

    List<NodeId> sims() {
        return names("sim-", 1, size.sims);
    }

    List<NodeId> gateways() {
        return names("gate-", 1, size.gateways);
    }

    private static List<NodeId> names(String prefix, int first, int count) {
        List<NodeId> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(new NodeId(prefix + (first + i)));
        }
        return names;
    }

    /** When no more faults begin, in true time. */
    long troubleEndNanos() {
        return (CALM_SECONDS + troubleSeconds) * 1_000_000_000L;
    }

    long endNanos() {
        return troubleEndNanos() + quietSeconds * 1_000_000_000L;
    }

    /** The command that repeats it. */
    String replay() {
        return "./terrane sim --cluster --seed " + seed
                + (troubleSeconds == TROUBLE_SECONDS_DEFAULT ? "" : " --seconds " + troubleSeconds)
                + (troubled ? "" : " --calm");
    }
}
