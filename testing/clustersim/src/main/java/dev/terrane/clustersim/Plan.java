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
 * @param ills which faults there are, and how many
 * @param crowded whether regions split into layers and merge
 */
record Plan(long seed, Size size, Pace pace, int troubleSeconds, int quietSeconds, Ills ills, boolean crowded) {
    static final int TROUBLE_SECONDS_DEFAULT = 6;
    /** Entities beyond which a region splits, where any does: the plan of crowds looks at no fewer than eight. */
    static final int CROWD = 9;

    /** Lets a world begin before anything happens to it. */
    static final int CALM_SECONDS = 2;

    /**
     * What goes wrong.
     *
     * @param any whether there are faults at all
     * @param harsh whether two nodes of a kind may be ill at once
     */
    record Ills(boolean any, boolean harsh) {}

    /** How much there is of everything. */
    record Size(int coordinators, int sims, int gateways, int regions, int players, int walkersPerRegion) {
        Size withWalkers(int count) {
            return new Size(coordinators, sims, gateways, regions, players, count);
        }
    }

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
        Ills ills = new Ills(troubled, rng.chance(0.3f));
        boolean crowded = rng.chance(0.35f);
        return new Plan(
                seed,
                crowded ? size.withWalkers(CROWD + rng.nextInt(4)) : size,
                pace,
                troubleSeconds,
                40,
                ills,
                crowded);
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
                + (ills.any ? "" : " --calm");
    }
}
