package dev.terrane.server.world;

import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import dev.terrane.base.NodeId;
import dev.terrane.cell.CellSettings;
import dev.terrane.cell.World;
import dev.terrane.checkpoint.CharacterStore;
import dev.terrane.checkpoint.CheckpointStore;
import dev.terrane.coordinator.InPlaceCoordinator;
import dev.terrane.protocol.cluster.CellOutput;
import dev.terrane.protocol.cluster.GatewayPort;
import dev.terrane.server.plugins.PluginSource;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/**
 * All that a world needs to run here.
 */
public record WorldSetup(
        NodeId node,
        World world,
        List<PluginSource> plugins,
        CellSettings settings,
        Stores stores,
        Gateways gateways,
        Runtime runtime,
        Pace pace) {

    /** Where the truth is kept, and who grants cells. */
    public record Stores(InPlaceCoordinator coordinator, CheckpointStore checkpoints, CharacterStore characters) {}

    /** @param all tells every gateway */
    public record Gateways(GatewayPort one, Consumer<CellOutput> all) {}

    /**
     * @param workerCount threads that tick its cells
     * @param checkpointSeconds between two checkpoints of a cell
     */
    public record Pace(int workerCount, int checkpointSeconds, CrowdLimits crowd) {}

    /** @param jobs for work that waits: its threads may block */
    public record Runtime(Clock clock, Meters meters, ScheduledExecutorService jobs) {}
}
