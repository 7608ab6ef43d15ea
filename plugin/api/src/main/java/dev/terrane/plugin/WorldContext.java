package dev.terrane.plugin;

import dev.terrane.ecs.EntityStore;
import java.util.Map;

/** What a plugin sets up for one cell. Valid during {@link WorldPlugin#configure} only. */
public interface WorldContext {
    WorldMap map();

    /** The cell's entities: for making queries and looking up fields. Empty until the first tick. */
    EntityStore entities();

    /** Simulation ticks and snapshots per second. */
    Timing timing();

    /** The module's {@code options} from the config. */
    Map<String, String> options();

    /** Systems of a stage run in the order in which they were added. {@code name} appears in metrics and errors. */
    void addSystem(Stage stage, String name, CellSystem system);

    /** Who makes the avatar when a character enters. Exactly one plugin of a world must set it. */
    void onJoin(JoinHandler handler);

    /** Fills a region that has no past: called once, before the first tick of a cell without a checkpoint. */
    void onGenesis(CellSystem handler);

    /** Receives the commands of this type that clients send; {@code type} is 1 to 65535 and unique in the world. */
    void onCommand(int type, CommandHandler handler);

    /** Counts something; shown as {@code plugin_<name>} in /metrics. */
    PluginCounter counter(String name);

    /** Ticks and snapshots per second. */
    record Timing(int simulationHz, int snapshotHz) {}

    /** A metric that only rises. */
    @FunctionalInterface
    interface PluginCounter {
        void add(long amount);
    }

    /** Makes the avatar of a character that enters. */
    @FunctionalInterface
    interface JoinHandler {
        /**
         * Spawns the avatar by {@link CellContext#spawn}, with at least {@link dev.terrane.plugin.kit.Position}; returns its handle.
         *
         * @param x where it enters, local metres
         * @param characterSeed the same for the same character each time
         */
        long join(CellContext cell, String name, float x, float y, long characterSeed);
    }

    /** Handles a command of a client, in the tick in which it arrived. */
    @FunctionalInterface
    interface CommandHandler {
        /** @param avatar the sender's entity. The payload is the client's: trust nothing in it */
        void handle(CellContext cell, long avatar, byte[] payload);
    }
}
