package dev.terrane.games.skirmish.station;

/** What a station can do about a ship's armor and hull. */
public interface Yard {
    /** Whether this is a craft that is not destroyed. */
    boolean flies(long entity);

    /** Points of hull and armor that a ship lacks, rounded up. */
    int missing(long ship);

    /** Hull first, then armor; returns the points that it has then. */
    int repair(long ship, int points);
}
