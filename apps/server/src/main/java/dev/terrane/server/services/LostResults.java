package dev.terrane.server.services;

import dev.terrane.command.LaneTiming;
import dev.terrane.command.LaneUnavailableException;
import java.util.List;
import java.util.function.ObjLongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When a gateway reads results that may have been lost on their way to it. Results are told before they are settled, and only what is settled can be read; so it reads twice:
 *
 * <pre>
 *   a link changes ─┬─ 1 s ──► reads: whoever told them has settled them by then, unless the store is slow
 *                   └─ a lease and 1 s ──► reads: he has settled them, or has lost the partition; then they come again, and are told again
 * </pre>
 *
 * <p>What happens while a reading is due makes another one due, as long after it. Any thread.
 */
final class LostResults {
    static final long SOON_MILLIS = 1_000;
    static final long AFTER_LEASE_MILLIS = LaneTiming.standard().leaseMillis() + SOON_MILLIS;

    private static final Logger LOG = LoggerFactory.getLogger(LostResults.class);

    private final Runnable reader;
    private final ObjLongConsumer<Runnable> later;
    private final List<Reading> readings = List.of(new Reading(SOON_MILLIS), new Reading(AFTER_LEASE_MILLIS));

    /**
     * @param reader waits for the store; may throw {@link LaneUnavailableException}: it is called again
     * @param later does something after so many milliseconds, on a thread that may wait
     */
    LostResults(Runnable reader, ObjLongConsumer<Runnable> later) {
        this.reader = reader;
        this.later = later;
    }

    /** From now on results may be missing, or were until now. Does not wait. */
    void mayBe() {
        readings.forEach(Reading::due);
    }

    private final class Reading {
        private final long delayMillis;
        private boolean due;
        private boolean again;

        private Reading(long delayMillis) {
            this.delayMillis = delayMillis;
        }

        private synchronized void due() {
            if (due) {
                again = true;
            } else {
                due = true;
                later.accept(this::read, delayMillis);
            }
        }

        private void read() {
            synchronized (this) {
                due = false;
                if (again) {
                    again = false;
                    due();
                }
            }
            try {
                reader.run();
            } catch (LaneUnavailableException away) {
                LOG.atDebug().log("results that may have been lost are read later: {}", away.getMessage());
                due();
            }
        }
    }
}
