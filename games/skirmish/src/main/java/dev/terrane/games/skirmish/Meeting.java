package dev.terrane.games.skirmish;

/** Whom a bolt meets first on its way in this tick, as far as it was looked for. */
final class Meeting {
    /** Entity id; 0: nobody so far. */
    long id;
    /** When: 0 to 1 of the way, or {@link Sweep#MISS}. */
    float time;
    /** Rocks are not. */
    boolean mortal;
    /** Where the bolt's shooter saw it at the end of the tick, and where it is. */
    float seenX;

    float seenY;
    float x;
    float y;
    float radius;

    void clear() {
        id = 0;
        time = Sweep.MISS;
    }

    /** True if it is earlier than all before. */
    boolean offer(long entity, float when, boolean canDie) {
        if (when >= time) {
            return false;
        }
        id = entity;
        time = when;
        mortal = canDie;
        return true;
    }
}
