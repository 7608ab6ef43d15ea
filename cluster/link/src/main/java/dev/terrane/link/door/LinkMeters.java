package dev.terrane.link.door;

import dev.terrane.base.Meters;
import dev.terrane.link.Lane;
import dev.terrane.link.LinkEnd;
import java.util.Locale;

/** Counts of all links of a node. Any thread may use it. */
final class LinkMeters {
    private final Meters.Count[] sentMessages = new Meters.Count[Lane.values().length];
    private final Meters.Count[] receivedMessages = new Meters.Count[Lane.values().length];
    private final Meters.Count[] fullOffers = new Meters.Count[Lane.values().length];
    private final Meters.Count[] closedOffers = new Meters.Count[Lane.values().length];
    private final Meters.Count[] refused = new Meters.Count[LinkEnd.values().length];
    private final Meters.Count[] lost = new Meters.Count[LinkEnd.values().length];
    private final Meters.Count droppedMessages;
    private final Meters.Count dials;
    private final Meters.Count failedDials;
    private final Meters.Count sentBytes;
    private final Meters.Count receivedBytes;
    private final Meters.Count batches;

    LinkMeters(Meters meters) {
        for (Lane lane : Lane.values()) {
            String name = lane.name().toLowerCase(Locale.ROOT);
            sentMessages[lane.ordinal()] = meters.count("link_sent_messages", "lane", name);
            receivedMessages[lane.ordinal()] = meters.count("link_received_messages", "lane", name);
            fullOffers[lane.ordinal()] = meters.count("link_refused_offers", "lane", name, "reason", "full");
            closedOffers[lane.ordinal()] = meters.count("link_refused_offers", "lane", name, "reason", "closed");
        }
        for (LinkEnd end : LinkEnd.values()) {
            refused[end.ordinal()] = meters.count("link_refused_connections", "reason", end.name());
            lost[end.ordinal()] = meters.count("link_lost_connections", "reason", end.name());
        }
        droppedMessages = meters.count("link_dropped_messages");
        dials = meters.count("link_dials");
        failedDials = meters.count("link_failed_dials");
        sentBytes = meters.count("link_sent_bytes");
        receivedBytes = meters.count("link_received_bytes");
        batches = meters.count("link_batches");
    }

    void offered(Lane lane) {
        sentMessages[lane.ordinal()].one();
    }

    void full(Lane lane) {
        fullOffers[lane.ordinal()].one();
    }

    void closed(Lane lane) {
        closedOffers[lane.ordinal()].one();
    }

    void received(Lane lane) {
        receivedMessages[lane.ordinal()].one();
    }

    void receivedBytes(int count) {
        receivedBytes.add(count);
    }

    void batch(int byteCount) {
        batches.one();
        sentBytes.add(byteCount);
    }

    void dialled() {
        dials.one();
    }

    void dialFailed() {
        failedDials.one();
    }

    void refused(LinkEnd why) {
        refused[why.ordinal()].one();
    }

    void lost(LinkEnd why, int unsentCount) {
        lost[why.ordinal()].one();
        droppedMessages.add(unsentCount);
    }
}
