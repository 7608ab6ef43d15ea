package dev.terrane.link.door;

import dev.terrane.link.LinkEnd;
import dev.terrane.link.LinkLoss;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says who was turned away, once per minute and reason at most: strangers must not fill a disk. Belongs to the loop. */
final class RefusalLog {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
    private static final long PAUSE_NANOS = 60_000_000_000L;

    private final long[] saidNanos = new long[LinkEnd.values().length];
    private final boolean[] said = new boolean[LinkEnd.values().length];
    private final long[] unsaidCount = new long[LinkEnd.values().length];

    /** @return whether it was logged */
    boolean say(String who, LinkLoss loss, long nowNanos) {
        int index = loss.why().ordinal();
        if (said[index] && nowNanos - saidNanos[index] < PAUSE_NANOS) {
            unsaidCount[index]++;
            return false;
        }
        LOG.atWarn()
                .addKeyValue("who", who)
                .addKeyValue("reason", loss.why())
                .addKeyValue("text", loss.text())
                .addKeyValue("byPeer", loss.byPeer())
                .addKeyValue("unsaid", unsaidCount[index])
                .log("a link was refused");
        said[index] = true;
        saidNanos[index] = nowNanos;
        unsaidCount[index] = 0;
        return true;
    }
}
