package dev.terrane.testkit;

import dev.terrane.command.CommandType;
import dev.terrane.ecs.EntityStore;
import dev.terrane.plugin.CellSystem;
import dev.terrane.plugin.CommandHandler;
import dev.terrane.plugin.Conduct;
import dev.terrane.plugin.MovementRule;
import dev.terrane.plugin.Stage;
import dev.terrane.plugin.WorldContext;
import dev.terrane.plugin.WorldMap;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.plugin.WorldPosition;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A plugin whose systems are handed a {@link RecordingContext}. */
record RecordingPlugin(WorldPlugin real, List<Emission> record) implements WorldPlugin {
    @Override
    public String name() {
        return real.name();
    }

    @Override
    public List<Class<? extends Record>> components() {
        return real.components();
    }

    @Override
    public List<Class<? extends Record>> events() {
        return real.events();
    }

    @Override
    public List<Class<? extends Record>> intents() {
        return real.intents();
    }

    @Override
    public List<Class<? extends Record>> ghosted() {
        return real.ghosted();
    }

    @Override
    public List<CommandType<?>> commands() {
        return real.commands();
    }

    @Override
    public List<String> documents() {
        return real.documents();
    }

    @Override
    public List<String> journals() {
        return real.journals();
    }

    @Override
    public @Nullable Conduct conduct() {
        return real.conduct();
    }

    @Override
    public byte @Nullable [] movementRule() {
        return real.movementRule();
    }

    @Override
    public void configure(WorldContext world) {
        real.configure(new Recorder(world, record));
    }

    @Override
    public WorldPosition entrance(WorldMap map, long characterSeed) {
        return real.entrance(map, characterSeed);
    }

    private record Recorder(WorldContext real, List<Emission> record) implements WorldContext {
        @Override
        public WorldMap map() {
            return real.map();
        }

        @Override
        public EntityStore entities() {
            return real.entities();
        }

        @Override
        public Timing timing() {
            return real.timing();
        }

        @Override
        public Map<String, String> options() {
            return real.options();
        }

        @Override
        public MovementRule movementRule() {
            return real.movementRule();
        }

        @Override
        public void addSystem(Stage stage, String name, CellSystem system) {
            real.addSystem(stage, name, cell -> system.run(new RecordingContext(cell, record)));
        }

        @Override
        public void onJoin(JoinHandler handler) {
            real.onJoin((cell, name, x, y, seed) -> handler.join(new RecordingContext(cell, record), name, x, y, seed));
        }

        @Override
        public void onGenesis(CellSystem handler) {
            real.onGenesis(cell -> handler.run(new RecordingContext(cell, record)));
        }

        @Override
        public <P extends Record> void onCommand(CommandType<P> type, CommandHandler<P> handler) {
            real.onCommand(type, (cell, call) -> handler.handle(new RecordingContext(cell, record), call));
        }

        @Override
        public void onMessage(int type, MessageHandler handler) {
            real.onMessage(
                    type,
                    (cell, avatar, payload) -> handler.handle(new RecordingContext(cell, record), avatar, payload));
        }

        @Override
        public void addOpportunisticSystem(Stage stage, String name, CellSystem system) {
            real.addOpportunisticSystem(stage, name, cell -> system.run(new RecordingContext(cell, record)));
        }

        @Override
        public <I extends Record> void onIntent(Class<I> intent, IntentHandler<I> handler) {
            real.onIntent(
                    intent, (cell, target, body) -> handler.handle(new RecordingContext(cell, record), target, body));
        }

        @Override
        public <I extends Record> void onAreaIntent(Class<I> intent, AreaIntentHandler<I> handler) {
            real.onAreaIntent(
                    intent,
                    (cell, x, y, radius, body) ->
                            handler.handle(new RecordingContext(cell, record), x, y, radius, body));
        }

        @Override
        public void affinity(Affinity affinity) {
            real.affinity((cell, entity, links) -> affinity.of(new RecordingContext(cell, record), entity, links));
        }

        @Override
        public PluginCounter counter(String name) {
            return real.counter(name);
        }
    }
}
