package dev.terrane.simulation;

import dev.terrane.base.CellId;
import dev.terrane.base.Rng;
import dev.terrane.base.SessionId;
import dev.terrane.base.WorldId;
import dev.terrane.cell.World;
import dev.terrane.gateway.ConnectionFacts;
import dev.terrane.gateway.Gateway;
import dev.terrane.gateway.GatewayInbox;
import dev.terrane.gateway.GatewayListener;
import dev.terrane.gateway.GatewayPorts;
import dev.terrane.gateway.GatewaySpec;
import dev.terrane.gateway.WorldView;
import dev.terrane.protocol.client.ErrorCode;
import dev.terrane.protocol.cluster.CellOutput;
import dev.terrane.protocol.cluster.CellPort;
import dev.terrane.protocol.cluster.GatewayPort;
import java.util.ArrayList;
import java.util.List;

/** The gateways, each with an inbox of the plan's size. */
final class GatewayHouse implements GatewayPort, GatewayListener {
    private static final int RESUME_KEY_BYTES = 32;

    private final Plan plan;
    private final Ledger ledger;
    private final List<Gateway> gateways = new ArrayList<>();

    GatewayHouse(Plan plan, Ledger ledger) {
        this.plan = plan;
        this.ledger = ledger;
    }

    void open(World world, CellPort cells, FrontDesk desk, Tally tally) {
        Rng ids = new Rng(Rng.mix(plan.seed() ^ 0x49_4453L));
        WorldView view = new WorldView(
                new WorldId(world.map().world()),
                plan.partition(),
                plan.cells().chunkMetres(),
                plan.cells().rates().simulationHz(),
                plan.cells().rates().snapshotHz(),
                world.schema().wire());
        GatewayPorts ports = new GatewayPorts(cells, desk, this, tally, ids::nextLong);
        for (int number = 0; number < plan.population().gatewayCount(); number++) {
            GatewaySpec spec =
                    new GatewaySpec(number, "simulated", plan.gateways(), List.of(view), new byte[RESUME_KEY_BYTES]);
            gateways.add(Gateway.create(
                    spec, ports, new GatewayInbox(plan.population().gatewayInboxCount(), () -> {})));
        }
    }

    List<Gateway> all() {
        return gateways;
    }

    void tellAll(CellOutput message) {
        for (int number = 0; number < gateways.size(); number++) {
            offer(number, message);
        }
    }

    @Override
    public boolean offer(int gateway, CellOutput message) {
        return gateways.get(gateway).inbox().offer(message);
    }

    @Override
    public void joined(SessionId session, ConnectionFacts facts, String name, CellId cell, long avatar) {}

    @Override
    public void closed(SessionId session, ConnectionFacts facts, ErrorCode code, String message) {}

    @Override
    public void failed(SessionId session, RuntimeException bug) {
        ledger.fault("a gateway failed with session " + session + ": " + bug);
    }
}
