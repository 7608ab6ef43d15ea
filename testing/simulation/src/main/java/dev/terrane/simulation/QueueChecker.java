package dev.terrane.simulation;

import dev.terrane.handoff.HandoffSettings;
import java.util.List;

/** Nothing queues without bound: inboxes, kept copies, what waits for a client. */
final class QueueChecker extends Checker {
    private static final int EVERY_TICKS = 8;
    /** What a link may hold beyond the congestion mark: one frame, and small messages. */
    private static final long LINK_BYTES_MAX = SimLink.CONGESTED_BYTES + (1 << 17);

    private final Plan plan;
    private final Tally tally;
    private final List<SimClient> clients;

    QueueChecker(Plan plan, Tally tally, List<SimClient> clients) {
        this.plan = plan;
        this.tally = tally;
        this.clients = clients;
    }

    @Override
    void afterTick(Observation world) {
        if (now() % EVERY_TICKS != 0) {
            return;
        }
        tally.gauges().forEach((name, read) -> {
            long limit = limitOf(name);
            long value = read.getAsLong();
            require(value <= limit, () -> name + " is " + value + ", more than " + limit);
        });
        for (SimClient client : clients) {
            SimLink link = client.link();
            if (link != null) {
                require(
                        link.queuedBytesMost() <= LINK_BYTES_MAX,
                        () -> link.queuedBytesMost() + " bytes waited for " + client + ", more than " + LINK_BYTES_MAX);
            }
        }
    }

    private long limitOf(String gauge) {
        if (gauge.startsWith("cell_inbox_messages")) {
            var inboxes = plan.cells().inboxes();
            return 2L * Math.max(inboxes.cellCount(), Math.max(inboxes.controlCount(), inboxes.inputCount()));
        }
        if (gauge.startsWith("cell_handoffs_kept")) {
            return (long) HandoffSettings.DEFAULT.keptCountMax()
                    * Math.max(1, plan.partition().regions().size());
        }
        if (gauge.startsWith("gateway_inbox_messages")) {
            return 2L * plan.population().gatewayInboxCount();
        }
        return Long.MAX_VALUE;
    }
}
