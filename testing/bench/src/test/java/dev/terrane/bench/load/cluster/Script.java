package dev.terrane.bench.load.cluster;

import java.util.ArrayList;
import java.util.List;

/** Writes what a player sees, snapshot by snapshot: at 10 Hz, a metre and an input a tick. */
final class Script {
    static final long TICK_NANOS = 100_000_000;

    final List<Sighting> sightings = new ArrayList<>();
    private String cell = "0,0#0";
    private long epoch = 1;
    private int connection = 1;
    private int tick;
    private int ackSeq = 1_000;
    private long nanos;

    /** So many ticks pass, and are seen. */
    Script plays(int ticks) {
        for (int i = 0; i < ticks; i++) {
            tick++;
            ackSeq++;
            nanos += TICK_NANOS;
            see();
        }
        return this;
    }

    /** The same state comes again and again: no news. */
    Script repeats(int snapshots) {
        for (int i = 0; i < snapshots; i++) {
            nanos += TICK_NANOS;
            see();
        }
        return this;
    }

    /** Nothing comes. */
    Script silentFor(long millis) {
        nanos += millis * 1_000_000;
        return this;
    }

    /** The cell goes on elsewhere, and some ticks never were. */
    Script goesOn(int ticksLost) {
        epoch++;
        tick -= ticksLost;
        ackSeq -= ticksLost;
        return this;
    }

    Script isNowIn(String otherCell, int atTick) {
        cell = otherCell;
        tick = atTick;
        return this;
    }

    /** Inputs are taken without a tick of their own. */
    Script skips(int inputs) {
        ackSeq += inputs;
        return this;
    }

    Script reconnects(int firstSeq) {
        connection++;
        ackSeq = firstSeq;
        return this;
    }

    long now() {
        return nanos;
    }

    Seen seen() {
        return Seen.of(sightings, nanos, 5 * TICK_NANOS);
    }

    private void see() {
        sightings.add(new Sighting(nanos, connection, cell, epoch, tick, ackSeq, tick, 0));
    }
}
