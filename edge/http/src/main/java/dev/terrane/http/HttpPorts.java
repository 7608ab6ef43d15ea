package dev.terrane.http;

import dev.terrane.base.Clock;
import dev.terrane.base.Meters;

/**
 * What the door is connected to.
 *
 * @param added operations of REST beside the door's own
 */
public record HttpPorts(
        GatewayHouse gateways,
        DoorKeys keys,
        ServerReport report,
        RestCommands commands,
        ApiRoutes added,
        Clock clock,
        Meters meters) {

    /** Without commands, and with no operations but the door's own. */
    public HttpPorts(GatewayHouse gateways, DoorKeys keys, ServerReport report, Clock clock, Meters meters) {
        this(gateways, keys, report, RestCommands.none(), ApiRoutes.none(), clock, meters);
    }

    /** The same, with these commands and operations. */
    public HttpPorts with(RestCommands taker, ApiRoutes more) {
        return new HttpPorts(gateways, keys, report, taker, more, clock, meters);
    }
}
