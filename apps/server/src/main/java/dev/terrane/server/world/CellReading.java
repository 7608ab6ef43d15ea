package dev.terrane.server.world;

import dev.terrane.base.CellId;

/**
 * How one cell does, for people.
 *
 * @param worker thread that ticks it; empty while it restarts
 * @param crowded over its limits, and nothing helped yet
 * @param averageNanos of a tick
 * @param softNanos of it: replication
 * @param opportunisticNanos of it: what runs only while there is time
 * @param p99Nanos of its last hundred ticks
 */
public record CellReading(
        CellId cell,
        String worker,
        int entities,
        int avatars,
        boolean crowded,
        long lastTick,
        long averageNanos,
        long softNanos,
        long opportunisticNanos,
        long p99Nanos) {

    static CellReading of(CellSeat seat, boolean crowded) {
        var cell = seat.cell();
        var worker = seat.worker();
        return new CellReading(
                seat.id(),
                cell == null || worker == null ? "" : worker.name(),
                cell == null ? 0 : cell.entityCount(),
                cell == null ? 0 : cell.avatarCount(),
                crowded,
                cell == null ? -1 : cell.lastTick(),
                seat.load().averageNanos(),
                seat.load().softNanos(),
                seat.load().opportunisticNanos(),
                seat.load().p99Nanos());
    }
}
