package dev.terrane.server.edge;

import dev.terrane.base.Meters;
import dev.terrane.gateway.Admissions;
import dev.terrane.gateway.CommandPort;
import dev.terrane.gateway.Gateway;
import dev.terrane.gateway.GatewayPorts;
import dev.terrane.gateway.GatewaySettings;
import dev.terrane.gateway.GatewaySpec;
import dev.terrane.gateway.SharedBytes;
import dev.terrane.gateway.WorldView;
import dev.terrane.http.GatewayHouse;
import dev.terrane.protocol.cluster.CellPort;
import dev.terrane.server.ServerVersion;
import java.security.SecureRandom;
import java.util.List;

/** Builds the gateways for the door's event loops and makes them known to the cells. Used by the starting thread. */
public final class GatewayMaker implements GatewayHouse {
    private static final int RESUME_KEY_BYTES = 32;

    private final GatewayHub hub;
    private final GatewaySettings settings;
    private final WorldView view;
    private final Ways ways;
    private final Meters meters;
    private final SecureRandom random = new SecureRandom();
    private final byte[] resumeKey = new byte[RESUME_KEY_BYTES];

    /** Where what players say goes. */
    public record Ways(CellPort cells, Admissions admissions, CommandPort commands) {}

    public GatewayMaker(GatewayHub hub, GatewaySettings settings, WorldView view, Ways ways, Meters meters) {
        random.nextBytes(resumeKey);
        this.hub = hub;
        this.settings = settings;
        this.view = view;
        this.ways = ways;
        this.meters = meters;
    }

    @Override
    public int gatewayCount() {
        return hub.gatewayCount();
    }

    @Override
    public Gateway build(int number, Runnable wake, SharedBytes.Maker bodies) {
        Gateway gateway = Gateway.create(
                new GatewaySpec(number, ServerVersion.TEXT, settings, List.of(view), resumeKey),
                new GatewayPorts(
                        ways.cells(),
                        ways.admissions(),
                        ways.commands(),
                        new SessionLog(),
                        meters,
                        random::nextLong,
                        bodies),
                hub.newInbox(wake));
        hub.add(number, gateway);
        return gateway;
    }
}
