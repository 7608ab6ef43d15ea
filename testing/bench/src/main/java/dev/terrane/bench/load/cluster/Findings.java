package dev.terrane.bench.load.cluster;

import java.util.LinkedHashMap;
import java.util.Map;

/** What all players saw of all blows. One thread. */
final class Findings {
    private static final double NANOS_PER_MILLI = 1e6;

    private final double tickMillis;
    private final Spread gaps = new Spread();
    private final Spread bystanderGaps = new Spread();
    private final Spread recovery = new Spread();
    private final Spread jump = new Spread();
    private int blows;
    private int stateTicksLostMax;
    private int disconnects;
    private int endless;
    private int inputsSkipped;
    private int bystanderInputsSkipped;
    private int inputsTakenBack;
    private int coldCells;
    private int unrecovered;

    Findings(double tickMillis) {
        this.tickMillis = tickMillis;
    }

    /** A node was killed. @param millis until everything that was hit ran again; NaN: it did not as long as we looked */
    void blow(double millis, int cellsFromCheckpoint) {
        blows++;
        coldCells += cellsFromCheckpoint;
        if (Double.isNaN(millis)) {
            unrecovered++;
        } else {
            recovery.add(millis);
        }
    }

    /** A player whose avatar was where the blow fell. */
    void hit(Seen seen, int lostConnections) {
        gaps.add(seen.gapNanos() / NANOS_PER_MILLI);
        jump.add(seen.jumpMetres());
        endless += seen.over() ? 0 : 1;
        inputsSkipped += seen.inputsSkipped();
        inputsTakenBack += seen.stateTicksLost();
        any(seen, lostConnections);
    }

    /** A player whose avatar was elsewhere. */
    void bystander(Seen seen, int lostConnections) {
        bystanderGaps.add(seen.gapNanos() / NANOS_PER_MILLI);
        bystanderInputsSkipped += seen.inputsSkipped();
        any(seen, lostConnections);
    }

    private void any(Seen seen, int lostConnections) {
        stateTicksLostMax = Math.max(stateTicksLostMax, seen.stateTicksLost());
        disconnects += lostConnections;
    }

    /** @return whether all blows and pauses came to an end, so that the numbers may be quoted */
    boolean complete() {
        return blows > 0 && gaps.count() > 0 && endless == 0 && unrecovered == 0;
    }

    /** By name, in the order in which they are to be told. What nobody measured is NaN. */
    Map<String, Double> failover() {
        Map<String, Double> found = new LinkedHashMap<>();
        found.put("kills", (double) blows);
        tellPauses(found);
        found.put("recoveryMillisP50", recovery.at(0.5));
        found.put("recoveryMillisP99", recovery.at(0.99));
        found.put("recoveryMillisMax", recovery.max());
        found.put("killsWithoutRecovery", (double) unrecovered);
        found.put("cellsFromCheckpoint", (double) coldCells);
        return found;
    }

    /** The same of moves, which nobody should notice. */
    Map<String, Double> migration() {
        Map<String, Double> found = new LinkedHashMap<>();
        found.put("moves", (double) blows);
        tellPauses(found);
        found.put("inputsLost", gaps.count() == 0 ? Double.NaN : (double) inputsSkipped + inputsTakenBack);
        found.put("moveMillisP50", recovery.at(0.5));
        found.put("moveMillisP99", recovery.at(0.99));
        found.put("moveMillisMax", recovery.max());
        found.put("movesWithoutEnd", (double) unrecovered);
        return found;
    }

    private void tellPauses(Map<String, Double> found) {
        found.put("pauses", (double) gaps.count());
        found.put("gapMillisP50", gaps.at(0.5));
        found.put("gapMillisP99", gaps.at(0.99));
        found.put("gapMillisMax", gaps.max());
        found.put("pauseMillisP50", pauseMillis(gaps.at(0.5)));
        found.put("pauseMillisP99", pauseMillis(gaps.at(0.99)));
        found.put("pauseMillisMax", pauseMillis(gaps.max()));
        found.put("pauseTicksP50", pauseMillis(gaps.at(0.5)) / tickMillis);
        found.put("pauseTicksP99", pauseMillis(gaps.at(0.99)) / tickMillis);
        found.put("pauseTicksMax", pauseMillis(gaps.max()) / tickMillis);
        found.put("pausesWithoutEnd", (double) endless);
        found.put("bystanders", (double) bystanderGaps.count());
        found.put("bystanderPauseMillisP50", pauseMillis(bystanderGaps.at(0.5)));
        found.put("bystanderPauseMillisP99", pauseMillis(bystanderGaps.at(0.99)));
        found.put("bystanderPauseMillisMax", pauseMillis(bystanderGaps.max()));
        found.put("stateTicksLostMax", gaps.count() == 0 ? Double.NaN : stateTicksLostMax);
        found.put("jumpMetresMax", jump.max());
        found.put("inputsSkipped", gaps.count() == 0 ? Double.NaN : inputsSkipped);
        found.put("bystanderInputsSkipped", bystanderGaps.count() == 0 ? Double.NaN : bystanderInputsSkipped);
        found.put("disconnects", (double) disconnects);
    }

    /** News come once in a tick: only what a gap is longer than that has anybody waited. NaN stays NaN. */
    private double pauseMillis(double gapMillis) {
        return Math.max(0, gapMillis - tickMillis);
    }
}
