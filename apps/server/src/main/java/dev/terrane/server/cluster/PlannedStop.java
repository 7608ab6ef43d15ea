package dev.terrane.server.cluster;

import dev.terrane.base.Clock;
import dev.terrane.base.NodeId;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.Command;
import dev.terrane.coordinator.NodeInfo.Role;
import dev.terrane.coordinator.Tenure;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A planned stop: before a node ends it says so, and its cells move to other sims while they are played. Nobody waits for what cannot come: when all sims end at once, none of them could take a cell.
 *
 * <p>Called by the thread that ends the process, which may wait.
 */
public final class PlannedStop {
    private static final long SAY_NANOS_MAX = TimeUnit.SECONDS.toNanos(1);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final Logger LOG = LoggerFactory.getLogger(PlannedStop.class);

    private final NodeLife life;
    private final NodeId self;
    private final Clock clock;

    public PlannedStop(NodeLife life, NodeId self, Clock clock) {
        this.life = life;
        this.self = self;
        this.clock = clock;
    }

    /** @param millisMax for its cells to move; 0: it says nothing and stays as it is */
    public void leave(long millisMax) throws InterruptedException {
        if (millisMax == 0 || life.map().node(self) == null || !say()) {
            return;
        }
        long began = clock.nanos();
        int before = owned(life.map());
        while (owned(life.map()) > 0
                && isAnybodyElse(life.map())
                && clock.nanos() - began < TimeUnit.MILLISECONDS.toNanos(millisMax)) {
            clock.threads().sleep(LOOK_NANOS);
        }
        int left = owned(life.map());
        if (before > 0) {
            LOG.atInfo()
                    .addKeyValue("moved", before - left)
                    .addKeyValue("left", left)
                    .addKeyValue("millis", TimeUnit.NANOSECONDS.toMillis(clock.nanos() - began))
                    .log("drained before its end");
        }
    }

    private boolean say() throws InterruptedException {
        try {
            life.answer(life.propose(new Command.DrainNode(self, true)), SAY_NANOS_MAX);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            LOG.atInfo()
                    .addKeyValue("why", String.valueOf(e.getMessage()))
                    .log("the coordinators do not answer: it ends without being drained");
            return false;
        }
    }

    private int owned(ClusterMap map) {
        int owned = 0;
        for (Tenure tenure : map.cells()) {
            owned += self.equals(tenure.owner()) ? 1 : 0;
        }
        return owned;
    }

    private boolean isAnybodyElse(ClusterMap map) {
        return map.nodes().stream()
                .anyMatch(member -> member.info().does(Role.SIM)
                        && !member.isDraining()
                        && !member.node().equals(self));
    }
}
