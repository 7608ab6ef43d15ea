package dev.terrane.server.edge;

import dev.terrane.base.Meters;
import dev.terrane.coordinator.Release;
import dev.terrane.gateway.Admissions;
import dev.terrane.gateway.CommandPort;
import dev.terrane.gateway.ConductBook;
import dev.terrane.gateway.Gateway;
import dev.terrane.gateway.GatewayPorts;
import dev.terrane.gateway.GatewaySettings;
import dev.terrane.gateway.GatewaySpec;
import dev.terrane.gateway.SharedBytes;
import dev.terrane.gateway.WorldView;
import dev.terrane.http.GatewayHouse;
import dev.terrane.protocol.cluster.CellPort;
import dev.terrane.server.witness.Traces;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Builds the gateways for the door's event loops and makes them known to the cells. Used by the starting thread. */
public final class GatewayMaker implements GatewayHouse {
    private final GatewayHub hub;
    private final GatewaySettings settings;
    private final ConductBook conduct;
    private final WorldView view;
    private final Ways ways;
    private final Meters meters;
    private final LongSupplier random;

    /**
     * Where what players say goes.
     *
     * @param cells by the number that a gateway has here
     * @param resumeKey see {@link GatewaySpec}
     * @param traces hears what traced sessions do; null: nobody is traced here
     */
    public record Ways(
            IntFunction<CellPort> cells,
            Admissions admissions,
            CommandPort commands,
            byte[] resumeKey,
            @Nullable Traces traces) {
        /** Cells in this process, and nobody but its gateways has to know their resume tokens. */
        public Ways(CellPort cells, Admissions admissions, CommandPort commands) {
            this(_ -> cells, admissions, commands, ResumeKey.ofThisRun(), null);
        }
    }

    public GatewayMaker(GatewayHub hub, GatewaySettings settings, WorldView view, Ways ways, Meters meters) {
        this(hub, settings, view, ways, meters, new SecureRandom()::nextLong);
    }

    /** @param random nobody may guess what it gives: players' tokens are made of it */
    public GatewayMaker(
            GatewayHub hub, GatewaySettings settings, WorldView view, Ways ways, Meters meters, LongSupplier random) {
        this.random = random;
        this.hub = hub;
        this.settings = settings;
        this.conduct = new ConductBook(settings.fairPlay());
        this.view = view;
        this.ways = ways;
        this.meters = meters;
    }

    @Override
    public int gatewayCount() {
        return hub.gatewayCount();
    }

    @Override
    public Gateway build(int local, Runnable wake, SharedBytes.Maker bodies) {
        Gateway gateway = Gateway.create(
                new GatewaySpec(hub.number(local), Release.OWN.toString(), settings, List.of(view), ways.resumeKey()),
                new GatewayPorts(
                        ways.cells().apply(local),
                        ways.admissions(),
                        ways.commands(),
                        conduct,
                        new SessionLog(ways.traces()),
                        meters,
                        random,
                        bodies),
                hub.newInbox(wake));
        hub.add(local, gateway);
        return gateway;
    }
}
