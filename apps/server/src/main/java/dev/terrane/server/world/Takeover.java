package dev.terrane.server.world;

import dev.terrane.base.Clock;
import dev.terrane.cell.Cell;
import dev.terrane.coordinator.CellGrant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cells that one map has made ours, and how long each part of it took, from the moment at which the map was heard. Any thread; guarded by itself. */
final class Takeover {
    /** How many ticks of each cell are timed: code that has never run here shows itself there. */
    static final int EARLY_TICKS = 20;

    private static final double NANOS_PER_MILLI = 1e6;
    private static final Logger LOG = LoggerFactory.getLogger(Takeover.class);

    private final Clock clock;
    private final FailoverMeters meters;
    private final long heardNanos;
    private final List<Seated> unfenced = new ArrayList<>();
    private final List<Long> earlyNanos = new ArrayList<>();
    /** Copies that have not become cells yet. */
    private int waitingCount;
    /** Cells whose early ticks are not over. */
    private int earlyCount;

    private int cellCount;
    private int avatarCount;
    private long playersNanos;
    private long tickedNanos;
    private long fencedNanos;

    /** A cell that goes on here. */
    record Seated(Cell cell, CellGrant grant) {}

    /** @param cells that are about to become ours */
    Takeover(int cells, Clock clock, FailoverMeters meters) {
        this.waitingCount = cells;
        this.clock = clock;
        this.meters = meters;
        this.heardNanos = clock.nanos();
    }

    private long sinceNanos() {
        return clock.nanos() - heardNanos;
    }

    /** For the seat that it is about to get. */
    EarlyTicks watch(Cell cell) {
        return new EarlyTicks(this, cell.avatarCount() > 0);
    }

    /** @return whether nobody sees to the fences of those that are seated: the caller has to, a moment later */
    synchronized boolean seated(Cell cell, CellGrant grant) {
        boolean first = unfenced.isEmpty();
        unfenced.add(new Seated(cell, grant));
        cellCount++;
        earlyCount++;
        avatarCount += cell.avatarCount();
        meters.cells().one();
        meters.seatedNanos().record(sinceNanos());
        return first;
    }

    /** One of the copies has become a cell, or cannot. */
    synchronized void done() {
        waitingCount--;
        tellIfOver();
    }

    /** Cells whose fence is to be raised: now the caller's. A copy that comes later has the next statement, so that the slowest keeps no other from taking commands. */
    synchronized List<Seated> takeUnfenced() {
        List<Seated> taken = List.copyOf(unfenced);
        unfenced.clear();
        return taken;
    }

    synchronized void fenced() {
        fencedNanos = sinceNanos();
        meters.fencedNanos().record(fencedNanos);
    }

    /** A cell has caught up with its first tick here. */
    synchronized void firstTick(boolean hasPlayers) {
        tickedNanos = Math.max(tickedNanos, sinceNanos());
        playersNanos = hasPlayers ? Math.max(playersNanos, tickedNanos) : playersNanos;
        meters.firstTickNanos().record(sinceNanos());
    }

    /** How long one of a cell's early ticks took. @param last of them */
    synchronized void earlyTick(long nanos, boolean last) {
        meters.earlyTickNanos().record(nanos);
        earlyNanos.add(nanos);
        earlyCount -= last ? 1 : 0;
        if (last) {
            tellIfOver();
        }
    }

    private void tellIfOver() {
        if (earlyCount == 0 && waitingCount == 0 && !earlyNanos.isEmpty()) {
            tell();
        }
    }

    private void tell() {
        long[] sorted = earlyNanos.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        LOG.atInfo()
                .addKeyValue("cells", cellCount)
                .addKeyValue("avatars", avatarCount)
                .addKeyValue("playersMillis", TimeUnit.NANOSECONDS.toMillis(playersNanos))
                .addKeyValue("tickedMillis", TimeUnit.NANOSECONDS.toMillis(tickedNanos))
                .addKeyValue("fencedMillis", TimeUnit.NANOSECONDS.toMillis(fencedNanos))
                .addKeyValue("earlyTickMillisP50", sorted[sorted.length / 2] / NANOS_PER_MILLI)
                .addKeyValue("earlyTickMillisMax", sorted[sorted.length - 1] / NANOS_PER_MILLI)
                .log("cells were taken over");
    }
}
