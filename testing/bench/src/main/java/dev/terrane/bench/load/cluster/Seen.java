package dev.terrane.bench.load.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one player saw of one blow.
 *
 * @param gapNanos longest time without news of the own avatar; undisturbed it is one tick
 * @param gapEndNanos when that ended, on the clock of the sightings
 * @param over false: it still lasted when we stopped looking, so it was longer
 * @param stateTicksLost ticks of the own movement that were seen, or acknowledged, and then taken back
 * @param inputsSkipped at least so many inputs were acknowledged without a tick of their own; a cell takes one a tick
 * @param jumpMetres how far the avatar was from where it had been, when the pause ended
 */
record Seen(long gapNanos, long gapEndNanos, boolean over, int stateTicksLost, int inputsSkipped, double jumpMetres) {

    /**
     * @param sightings in the order of their arrival; the last before the blow, and everything since
     * @param untilNanos when we stopped looking
     * @param patienceNanos a silence at the end that is no longer than that is no pause that lasts: the next news may have been on their way
     * @throws IllegalArgumentException if there are none: nothing can be said about such a player
     */
    static Seen of(List<Sighting> sightings, long untilNanos, long patienceNanos) {
        if (sightings.isEmpty()) {
            throw new IllegalArgumentException("a player who has never seen himself has no pause");
        }
        Sighting last = sightings.getFirst();
        long longest = 0;
        long end = last.nanos();
        double jump = 0;
        for (Sighting each : sightings) {
            if (each.isNewsAfter(last)) {
                if (each.nanos() - last.nanos() > longest) {
                    longest = each.nanos() - last.nanos();
                    end = each.nanos();
                    jump = last.metresTo(each);
                }
                last = each;
            }
        }
        int lost = Math.max(acksTakenBack(sightings), ticksTakenBack(sightings));
        boolean over = untilNanos - last.nanos() <= Math.max(longest, patienceNanos);
        return over
                ? new Seen(longest, end, true, lost, skipped(sightings), jump)
                : new Seen(untilNanos - last.nanos(), untilNanos, false, lost, skipped(sightings), 0);
    }

    /** An input is a tick of movement. Another connection may count anew. */
    private static int acksTakenBack(List<Sighting> sightings) {
        int most = 0;
        Sighting highest = sightings.getFirst();
        for (Sighting each : sightings) {
            int back = highest.ackSeq() - each.ackSeq(); // wraps like the numbers
            if (each.connection() != highest.connection() || back < 0) {
                highest = each;
            } else {
                most = Math.max(most, back);
            }
        }
        return most;
    }

    /** Only of one cell at a time: two cells that run on two nodes need not be in the same tick. */
    private static int ticksTakenBack(List<Sighting> sightings) {
        int most = 0;
        Map<String, Integer> highest = new HashMap<>();
        for (Sighting each : sightings) {
            int before = highest.merge(each.cell(), each.tick(), Math::max);
            most = Math.max(most, before - each.tick());
        }
        return most;
    }

    /** Inputs that were acknowledged without a tick of their own. */
    static int skipped(List<Sighting> sightings) {
        if (sightings.isEmpty()) {
            return 0;
        }
        int count = 0;
        Sighting before = sightings.getFirst();
        for (Sighting each : sightings) {
            if (each.cell().equals(before.cell()) && each.connection() == before.connection()) {
                int ticks = each.tick() - before.tick();
                count += ticks < 0 ? 0 : Math.max(0, each.ackSeq() - before.ackSeq() - ticks);
            }
            before = each;
        }
        return count;
    }
}
