package dev.terrane.cell;

import dev.terrane.protocol.cluster.CellInput;

/** Intents of this cell and for it. */
final class IntentDesk {
    /** From another cell; carried out by {@link #carryOut}. */
    void take(CellInput.IntentBatch batch) {}

    /** Lets happen what was intended: own and remote intents, after RESOLVE. */
    void carryOut(Turn turn) {}

    /** Sends what other cells have to carry out. */
    void flush() {}

    boolean intend(long entityId, Record intent) {
        return false;
    }

    /** @param worldX metres in the world's plane */
    boolean intendAround(double worldX, double worldY, float radiusMetres, Record intent) {
        return false;
    }
}
