package dev.terrane.http;

import dev.terrane.gateway.Gateway;
import dev.terrane.gateway.SharedBytes;

/** The port by which the door gets the gateways that live on its event loops. Called by the thread that starts the door, before it listens. */
public interface GatewayHouse {
    /** As many event loops are started; 0: this server has no players, and one loop answers REST. */
    int gatewayCount();

    /**
     * Builds gateway {@code number} (0 to {@link #gatewayCount} − 1).
     *
     * @param wake for its inbox: makes the loop drain it soon; any thread may run it
     * @param bodies for its ports: memory that the door's links send without copying
     */
    Gateway build(int number, Runnable wake, SharedBytes.Maker bodies);
}
