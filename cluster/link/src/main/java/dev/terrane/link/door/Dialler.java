package dev.terrane.link.door;

import dev.terrane.base.NodeId;
import dev.terrane.link.Backoff;

/** Dials one node again and again while there is no link to it. Belongs to the loop. */
final class Dialler {
    private final LinkLoop loop;
    private final NodeId peer;
    private final LinkAddress address;
    private final Backoff backoff;
    private boolean dialling;
    private boolean dueKnown;
    private long dueNanos;

    Dialler(LinkLoop loop, NodeId peer, LinkAddress address, Backoff backoff) {
        this.loop = loop;
        this.peer = peer;
        this.address = address;
        this.backoff = backoff;
    }

    NodeId peer() {
        return peer;
    }

    LinkAddress address() {
        return address;
    }

    /** Dials when it is time. */
    void look(long nowNanos) {
        if (dialling || loop.has(peer) || (dueKnown && nowNanos - dueNanos < 0)) {
            return;
        }
        dialling = true;
        loop.connect(this);
    }

    /** As {@link #look}, without a pause: the link has just broken. */
    void lookNow(long nowNanos) {
        dueKnown = false;
        look(nowNanos);
    }

    /** There is a link, whoever has dialled. */
    void onOpened() {
        backoff.reset();
    }

    /** The dial has failed, or the connection that came of it is over. */
    void onEnded() {
        dialling = false;
        dueKnown = true;
        dueNanos = loop.options().ports().clock().nanos() + backoff.nextNanos();
    }
}
