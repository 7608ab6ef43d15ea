package dev.terrane.bench.load.cluster;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What players saw when they went from cell to cell. One thread. */
final class Crossings {
    private static final double NANOS_PER_MILLI = 1e6;

    private final Map<String, String> owners;
    private final double tickMillis;
    private final Side across = new Side();
    private final Side within = new Side();
    private final Spread quiet = new Spread();
    private int stateTicksLostMax;

    /** Of one kind of crossing. */
    private static final class Side {
        final Spread gap = new Spread();
        final Spread jump = new Spread();
    }

    /** @param owners node of each cell, which must not change meanwhile */
    Crossings(Map<String, String> owners, double tickMillis) {
        this.owners = Map.copyOf(owners);
        this.tickMillis = tickMillis;
    }

    /** @param sightings of one player, in the order of their arrival */
    void add(List<Sighting> sightings) {
        if (sightings.isEmpty()) {
            return;
        }
        Sighting last = sightings.getFirst();
        for (Sighting each : sightings) {
            if (!each.isNewsAfter(last)) {
                continue;
            }
            double millis = (each.nanos() - last.nanos()) / NANOS_PER_MILLI;
            if (each.cell().equals(last.cell())) {
                quiet.add(millis);
            } else {
                Side side = isAcross(last.cell(), each.cell()) ? across : within;
                side.gap.add(millis);
                side.jump.add(last.metresTo(each));
            }
            last = each;
        }
        Seen seen = Seen.of(sightings, sightings.getLast().nanos(), 0);
        stateTicksLostMax = Math.max(stateTicksLostMax, seen.stateTicksLost());
    }

    private boolean isAcross(String from, String to) {
        return !owners.getOrDefault(from, "").equals(owners.getOrDefault(to, ""));
    }

    /** Whether there is something to say of both kinds. */
    boolean complete() {
        return across.gap.count() > 0;
    }

    /** By name, in the order in which they are to be told. What nobody measured is NaN. */
    Map<String, Double> values() {
        Map<String, Double> found = new LinkedHashMap<>();
        tell("across", across, found);
        tell("within", within, found);
        found.put("quietGapMillisP50", quiet.at(0.5));
        found.put("quietGapMillisP99", quiet.at(0.99));
        found.put("stateTicksLostMax", (double) stateTicksLostMax);
        return found;
    }

    private void tell(String kind, Side side, Map<String, Double> found) {
        found.put(kind + "Handoffs", (double) side.gap.count());
        found.put(kind + "GapMillisP50", side.gap.at(0.5));
        found.put(kind + "GapMillisP99", side.gap.at(0.99));
        found.put(kind + "GapMillisMax", side.gap.max());
        found.put(kind + "GapTicksP99", side.gap.at(0.99) / tickMillis);
        found.put(kind + "JumpMetresMax", side.jump.max());
    }
}
