package dev.terrane.server;

import dev.terrane.base.Clock;
import dev.terrane.base.WorldId;
import dev.terrane.command.LaneRoutes;
import dev.terrane.command.PayloadCodec;
import dev.terrane.json.JsonPayloads;
import dev.terrane.postgres.PostgresStore;
import dev.terrane.postgres.lane.PostgresLaneStore;
import dev.terrane.postgres.service.CellOutgoing;
import dev.terrane.postgres.service.ServiceOutbox;
import dev.terrane.server.config.CommandsConfig;
import dev.terrane.server.edge.GatewayHub;
import dev.terrane.server.lanes.CommandLanes;
import dev.terrane.server.world.HostedWorld;
import dev.terrane.server.world.WorldSetup;
import java.util.List;
import java.util.Map;

/** What makes commands durable in this process: joins the lanes, the journal and the outboxes to the database. */
final class Durability {
    /** Threads that wait for the database in place of the lanes. */
    private static final int WAITING_THREADS = 3;

    private final CommandsConfig config;
    private final PostgresStore store;
    private final LaneRoutes routes;
    private final PayloadCodec payloads = new JsonPayloads();

    Durability(CommandsConfig config, PostgresStore store) {
        this.config = config;
        this.store = store;
        this.routes = new LaneRoutes(List.of(), config.partitions());
    }

    WorldSetup.Journal journal() {
        return new WorldSetup.Journal(store.journal(new CellOutgoing(routes)), payloads);
    }

    CommandLanes lanes(String node, HostedWorld world, GatewayHub hub, WorldSetup.Runtime runtime) {
        return CommandLanes.start(
                new CommandLanes.Setup(
                        new PostgresLaneStore(store.database(), config.partitions(), config.laneMax()),
                        payloads,
                        node,
                        Clock.system(),
                        runtime.meters(),
                        runtime.jobs(),
                        new CommandLanes.Patience(WAITING_THREADS, config.queueMax(), config.storeAwayMs())),
                List.of(new CommandLanes.Receiver(LaneRoutes.CELLS, world.commands(), world.receiver())),
                new CommandLanes.Events(
                        new WorldId(world.id().name()),
                        hub::tellAll,
                        List.of(),
                        Map.of("cells", new ServiceOutbox(store.database(), CellOutgoing.SCHEMA))));
    }
}
