package dev.terrane.server.lanes;

import dev.terrane.command.LaneEvent;
import dev.terrane.command.LanePartition;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once per outage why a lane's store does not do what it is asked, and when it does again: a partition that stands still must not do so silently. Not thread-safe: the lane's thread.
 */
final class LaneOutages {
    private static final Logger LOG = LoggerFactory.getLogger(LaneOutages.class);

    private final Set<LanePartition> away = new TreeSet<>();
    private final Set<LanePartition> refused = new TreeSet<>();

    /** What a call to the store has come to. */
    void heard(LanePartition partition, LaneEvent event) {
        if (event instanceof LaneEvent.Away(long _, String why, boolean wasRefused)) {
            if (wasRefused) {
                if (refused.add(partition)) {
                    LOG.atError()
                            .addKeyValue("partition", partition)
                            .log("the partition stands still, its store refuses: {}", why);
                }
            } else if (away.isEmpty()) {
                LOG.atWarn().addKeyValue("lane", partition.lane()).log("the lane waits for its store: {}", why);
            }
            away.add(partition);
        } else if (away.remove(partition)) {
            if (refused.remove(partition) || away.isEmpty()) {
                LOG.atInfo().addKeyValue("partition", partition).log("the store does again what it is asked");
            }
        }
        if (event instanceof LaneEvent.Settled(long _, boolean held) && !held
                || event instanceof LaneEvent.Renewed(long _, boolean stillHeld) && !stillHeld) {
            LOG.atWarn()
                    .addKeyValue("partition", partition)
                    .log(
                            "the lease is lost, to another process or by a crash of the store; what is open is delivered again");
        }
    }

    /** Partitions that cannot go on now. */
    int count() {
        return away.size();
    }
}
