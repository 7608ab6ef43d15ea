package dev.terrane.bench.load.cluster;

/**
 * What one snapshot told a player about the own avatar.
 *
 * @param nanos when it arrived
 * @param connection counts the sockets that this player has had
 * @param cell region and layer, as {@code 2,-1#0}
 * @param tick of that cell
 * @param ackSeq number of the last input that this state contains
 */
record Sighting(
        long nanos, int connection, String cell, long epoch, int tick, int ackSeq, double xMetres, double yMetres) {

    /** Whether it shows another moment of the world than the one before. */
    boolean isNewsAfter(Sighting before) {
        return tick != before.tick || epoch != before.epoch || !cell.equals(before.cell);
    }

    double metresTo(Sighting other) {
        return Math.hypot(other.xMetres - xMetres, other.yMetres - yMetres);
    }
}
