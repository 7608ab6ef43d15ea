package dev.terrane.server.cluster;

import dev.terrane.coordinator.CellGrant;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.Command;
import dev.terrane.coordinator.Outcome;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Whoever ran on this database before, alone or under another log, has given numbers: the log is told of them, so that ours go on above. */
final class FormerGrants {
    /** A map lags behind what others have made of a newer one by far less than all these tries. */
    static final int TRIES_MAX = 20;

    private final Supplier<ClusterMap> map;
    private final Function<Command, Outcome> log;
    private final Runnable pause;

    /**
     * @param map the newest that is known
     * @param pause between two tries
     */
    FormerGrants(Supplier<ClusterMap> map, Function<Command, Outcome> log, Runnable pause) {
        this.map = map;
        this.log = log;
        this.pause = pause;
    }

    /**
     * Waits. The log learns all or nothing, and nothing of a cell that somebody holds: such a one was promoted a moment ago, its fence is raised, and the map here does not say so yet.
     *
     * @param stored the last grants that the database knows
     */
    void teach(List<CellGrant> stored) {
        for (int tries = 1; ; tries++) {
            ClusterMap now = map.get();
            List<CellGrant> unknown = stored.stream()
                    .filter(grant -> now.cell(grant.cell()).epoch() < grant.epoch())
                    .toList();
            if (unknown.isEmpty()
                    || !(log.apply(new Command.LearnGrants(unknown)) instanceof Outcome.Refused refused)) {
                return;
            }
            if (tries == TRIES_MAX) {
                throw new IllegalStateException("the coordinators' log is behind the database, and cannot learn of "
                        + unknown.size() + " grants: " + refused.why()
                        + "; was the coordinators' folder lost, or does another cluster use this database?");
            }
            pause.run();
        }
    }
}
