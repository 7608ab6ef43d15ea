package dev.terrane.plugin;

import dev.terrane.command.CommandType;
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

    /**
     * The world's movement rule, for systems of this cell.
     *
     * @throws IllegalStateException if no plugin of this world has one
     */
    MovementRule movementRule();

    /** Systems of a stage run in the order in which they were added. {@code name} appears in metrics and errors. */
    void addSystem(Stage stage, String name, CellSystem system);

    /** Who makes the avatar when a character enters. Exactly one plugin of a world must set it. */
    void onJoin(JoinHandler handler);

    /** Fills a region that has no past: called once, before the first tick of a cell without a checkpoint. */
    void onGenesis(CellSystem handler);

    /** Receives the game messages of this type that clients send; {@code type} is 1 to 65535 and unique in the world. */
    void onMessage(int type, MessageHandler handler);

    /** Carries out durable commands of this type, one of {@link WorldPlugin#commands}, exactly once each. */
    <P extends Record> void onCommand(CommandType<P> type, CommandHandler<P> handler);

    /**
     * A system that the world can do without for a while: scenery, idle animation, tidying up. Under load it does not run, which metrics and clients show.
     */
    void addOpportunisticSystem(Stage stage, String name, CellSystem system);

    /** Carries out intents of this kind, in the tick of the target's owner, after RESOLVE. */
    <I extends Record> void onIntent(Class<I> intent, IntentHandler<I> handler);

    /** Carries out intents of this kind that go to an area, after RESOLVE, once per cell and intent. */
    <I extends Record> void onAreaIntent(Class<I> intent, AreaIntentHandler<I> handler);

    /** Says who belongs together when a crowded region is split. Without it nobody does. */
    void affinity(Affinity affinity);

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

    /** Handles a game message of a client, in the tick in which it arrived. */
    @FunctionalInterface
    interface MessageHandler {
        /** @param avatar the sender's entity. The payload is the client's: trust nothing in it */
        void handle(CellContext cell, long avatar, byte[] payload);
    }

    /** Lets an intent happen to an entity of this cell. */
    @FunctionalInterface
    interface IntentHandler<I extends Record> {
        /** @param target handle of this cell's store */
        void handle(CellContext cell, long target, I intent);
    }

    /** Lets an intent happen in a place; whom it meets among this cell's entities, the handler finds by {@link CellContext#near}. */
    @FunctionalInterface
    interface AreaIntentHandler<I extends Record> {
        /** @param x local metres */
        void handle(CellContext cell, float x, float y, float radiusMetres, I intent);
    }

    /** Who belongs together with whom. */
    @FunctionalInterface
    interface Affinity {
        /** Called for entities of the cell when it is split; says whom this one should stay with: the members of its squad, its target. */
        void of(CellContext cell, long entity, Links links);

        /** Takes links. */
        interface Links {
            /** Stay in one layer with this entity, if it is here. */
            void with(long entityId);

            /** Stay in one layer with everybody who names the same group; 0 is none. */
            void group(long group);
        }
    }
}
