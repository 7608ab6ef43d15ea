package dev.terrane.simulation;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import java.util.ArrayList;
import java.util.List;

/**
 * What the game did, written down as it happens by all cells together. Nobody's state: a cell that dies takes nothing of it back, which is what the checkers
 * need to know.
 */
final class Ledger {
    /** A shot whose intent was accepted. @param number unique in the run */
    record Shot(long number, CellId from, long target) {}

    /** A shot that hit. */
    record Hit(long number, CellId in, long target) {}

    /** An area intent that was accepted by every cell it touches. @param regions those it touches for sure */
    record Blast(long number, CellId from, List<RegionId> regions) {}

    /** An area intent was carried out in a cell. */
    record Burst(long number, CellId cell) {}

    record Death(long tick, long entity) {}

    /**
     * An entity was not simulated in the tick after the one before.
     *
     * @param ticks since the last time
     * @param moves how often it has changed cells since then
     */
    record Skip(long tick, long entity, CellId cell, long ticks, int moves) {}

    private final List<Shot> shots = new ArrayList<>();
    private final List<Hit> hits = new ArrayList<>();
    private final List<Blast> blasts = new ArrayList<>();
    private final List<Burst> bursts = new ArrayList<>();
    private final List<Death> deaths = new ArrayList<>();
    private final List<Skip> skips = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private long lastNumber;

    long nextNumber() {
        return ++lastNumber;
    }

    void shot(Shot shot) {
        shots.add(shot);
    }

    void hit(Hit hit) {
        hits.add(hit);
    }

    void blast(Blast blast) {
        blasts.add(blast);
    }

    void burst(Burst burst) {
        bursts.add(burst);
    }

    List<Blast> blasts() {
        return blasts;
    }

    List<Burst> bursts() {
        return bursts;
    }

    void died(long tick, long entity) {
        deaths.add(new Death(tick, entity));
    }

    void skipped(Skip skip) {
        skips.add(skip);
    }

    List<Skip> skips() {
        return skips;
    }

    /** The game itself saw something that must not be. */
    void fault(String what) {
        faults.add(what);
    }

    List<Shot> shots() {
        return shots;
    }

    List<Hit> hits() {
        return hits;
    }

    List<Death> deaths() {
        return deaths;
    }

    List<String> faults() {
        return faults;
    }
}
