package dev.terrane.server.world;

import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import dev.terrane.base.NodeId;
import dev.terrane.cell.CellSettings;
import dev.terrane.cell.CellTaps;
import dev.terrane.cell.World;
import dev.terrane.checkpoint.CharacterStore;
import dev.terrane.checkpoint.CheckpointStore;
import dev.terrane.checkpoint.JournalStore;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.PayloadCodec;
import dev.terrane.placement.CrowdRules;
import dev.terrane.placement.LadderRules;
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
    public record Stores(Grants grants, CheckpointStore checkpoints, CharacterStore characters, Journal journal) {}

    WorldSetup with(World other) {
        return new WorldSetup(node, other, plugins, settings, stores, gateways, runtime, pace);
    }

    /** Where durable facts are kept, and how payloads of commands are read and answers written. @param sent hears what of cells is durable by now */
    public record Journal(JournalStore store, PayloadCodec payloads, Sent sent) {}

    /** Hears of commands and events that have become durable past the lanes' own doors. Any thread; must not block. */
    @FunctionalInterface
    public interface Sent {
        /** @param commands in their lanes. @param events whether there are some, too, in the outbox */
        void durable(List<CommandEnvelope> commands, boolean events);
    }

    /**
     * @param one leaves a message with one gateway, which reads it after {@code wake}
     * @param all tells every gateway once; one that is full misses it
     * @param wake makes all gateways read what was left with them; called by each worker when it has ticked its cells, and amidst a long round
     * @param count of gateways, numbered from 0, whether they are there yet or not
     */
    public record Gateways(GatewayPort one, Consumer<CellOutput> all, Runnable wake, int count) {}

    /**
     * @param workerCount threads that tick its cells
     * @param checkpointSeconds between two checkpoints of a cell
     * @param ladder counts steps of {@link #GOVERNOR_STEP_MILLIS}
     */
    public record Pace(int workerCount, int checkpointSeconds, CrowdRules crowd, LadderRules ladder) {}

    /** How often the world's load is looked at. */
    public static final int GOVERNOR_STEP_MILLIS = Governor.STEP_MILLIS;

    /**
     * @param jobs for work that waits: its threads may block
     * @param taps hear what the world's cells consume
     */
    public record Runtime(Clock clock, Meters meters, ScheduledExecutorService jobs, CellTaps taps) {
        /** Of a world that nobody records. */
        public Runtime(Clock clock, Meters meters, ScheduledExecutorService jobs) {
            this(clock, meters, jobs, CellTaps.none());
        }
    }
}
