package dev.terrane.server.world;

import dev.terrane.base.Meters;

/**
 * What taking cells over costs, durations but of early ticks from the moment at which the map was heard that said so. Any thread.
 *
 * @param seatedNanos of each cell, until it could be ticked
 * @param firstTickNanos of each cell, until its first tick was over
 * @param fencedNanos of each cell, until what it does may last
 * @param fenceFailures times at which a fence was not raised, or a cell not told of it, for another reason than a store that is away
 * @param earlyTickNanos how long each of a cell's first ticks took
 */
record FailoverMeters(
        Meters.Count cells,
        Meters.Distribution seatedNanos,
        Meters.Distribution firstTickNanos,
        Meters.Distribution fencedNanos,
        Meters.Distribution earlyTickNanos,
        Meters.Count fenceFailures) {
    FailoverMeters(Meters meters) {
        this(
                meters.count("takeover_cells"),
                meters.distribution("takeover_seated_nanos"),
                meters.distribution("takeover_first_tick_nanos"),
                meters.distribution("takeover_fenced_nanos"),
                meters.distribution("takeover_early_tick_nanos"),
                meters.count("takeover_fence_failures"));
    }
}
