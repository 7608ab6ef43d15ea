package dev.terrane.server.recorder;

import dev.terrane.base.CellId;
import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which cells cannot be recorded just now, because their rings cannot be written. Says it once, however many they are. The recorder's thread. */
final class RecorderFaults {
    static final long PAUSE_SECONDS = 5;
    private static final Logger LOG = LoggerFactory.getLogger(RecorderFaults.class);

    private final Clock clock;
    private final Set<CellId> paused = new TreeSet<>();
    private volatile int pausedCount;

    RecorderFaults(Clock clock, Meters meters) {
        this.clock = clock;
        meters.gauge("recorder_paused_cells", () -> pausedCount);
    }

    /** Returns when it may try again. */
    long paused(CellId cell, String why) {
        if (paused.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("cell", cell)
                    .log(
                            "recording pauses and is tried again every {} s, play goes on; is the disk full? {}",
                            PAUSE_SECONDS,
                            why);
        }
        paused.add(cell);
        pausedCount = paused.size();
        return clock.nanos() + TimeUnit.SECONDS.toNanos(PAUSE_SECONDS);
    }

    boolean isOver(long untilNanos) {
        return clock.nanos() >= untilNanos;
    }

    /** It is recorded again, or not wanted any more. */
    void resumed(CellId cell) {
        if (paused.remove(cell) && paused.isEmpty()) {
            LOG.atInfo().addKeyValue("cell", cell).log("recording goes on");
        }
        pausedCount = paused.size();
    }
}
