package dev.terrane.cell;

import dev.terrane.command.CommandType;
import dev.terrane.ecs.EntityStore;
import dev.terrane.plugin.CellSystem;
import dev.terrane.plugin.CommandHandler;
import dev.terrane.plugin.CommandOutcome;
import dev.terrane.plugin.Conduct;
import dev.terrane.plugin.Stage;
import dev.terrane.plugin.WorldContext.Affinity;
import dev.terrane.plugin.WorldContext.AreaIntentHandler;
import dev.terrane.plugin.WorldContext.IntentHandler;
import dev.terrane.plugin.WorldContext.JoinHandler;
import dev.terrane.plugin.WorldContext.MessageHandler;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.protocol.cluster.IntentBodies;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the plugins of a cell asked for in {@code configure}. */
final class Rules {
    /**
     * A system and what it is called in metrics and errors.
     *
     * @param isOpportunistic it runs only while there is time
     */
    record NamedSystem(String name, CellSystem system, boolean isOpportunistic) {
        NamedSystem(String name, CellSystem system) {
            this(name, system, false);
        }
    }

    /** Intents of one plugin. */
    private static final int INTENT_COUNT_MAX = 64;

    private final Map<Stage, List<NamedSystem>> systems = new EnumMap<>(Stage.class);
    private final List<NamedSystem> geneses = new ArrayList<>();
    private final Map<Integer, MessageHandler> messages = new HashMap<>();
    /** By name and version. */
    private final Map<String, CommandHandler<?>> commands = new HashMap<>();

    private final Map<Class<? extends Record>, IntentHandler<?>> intents = new HashMap<>();
    private final Map<Class<? extends Record>, AreaIntentHandler<?>> areaIntents = new HashMap<>();
    private final List<Affinity> affinities = new ArrayList<>();
    /** Each intent that may be used, and whose it is, in the order of declaration. */
    private final Map<Class<? extends Record>, String> intentOwners = new LinkedHashMap<>();

    private @Nullable JoinHandler joinHandler;
    private @Nullable Conduct conduct;

    private Rules() {
        for (Stage stage : Stage.values()) {
            systems.put(stage, new ArrayList<>());
        }
    }

    /** Lets each plugin configure the cell. Only during this call are the contexts that it gets alive. */
    static Rules configure(CellSpec spec, List<PluginModule> plugins, EntityStore store, CellPorts ports) {
        Rules rules = new Rules();
        for (PluginModule module : plugins) {
            rules.declareIntents(module.plugin());
            rules.declareConduct(module.plugin());
        }
        for (PluginModule module : plugins) {
            Setup setup = new Setup(spec, module, rules, store, ports.meters());
            module.plugin().configure(setup);
            setup.close();
        }
        if (rules.joinHandler == null) {
            throw new IllegalArgumentException("no plugin of world "
                    + spec.cell().world() + " calls onJoin, so nobody could enter; exactly one must");
        }
        return rules;
    }

    /** Nobody handles anything. */
    static Rules none() {
        return new Rules();
    }

    private void declareIntents(WorldPlugin plugin) {
        for (Class<? extends Record> intent : plugin.intents()) {
            String other = intentOwners.putIfAbsent(intent, plugin.name());
            if (other != null) {
                throw new IllegalArgumentException("plugin " + plugin.name() + " lists the intent "
                        + intent.getSimpleName() + ", which plugin " + other + " lists already; list it once");
            }
        }
        if (plugin.intents().size() > INTENT_COUNT_MAX) {
            throw new IllegalArgumentException("plugin " + plugin.name() + " lists "
                    + plugin.intents().size() + " intents, but a plugin may have " + INTENT_COUNT_MAX);
        }
    }

    private void declareConduct(WorldPlugin plugin) {
        Conduct declared = plugin.conduct();
        if (declared != null && conduct != null) {
            throw new IllegalArgumentException("plugin " + plugin.name()
                    + " declares limits of conduct, and so does a plugin before it; a world has one set at most");
        }
        conduct = declared == null ? conduct : declared;
    }

    /** Null: nobody declares any. */
    @Nullable
    Conduct conduct() {
        return conduct;
    }

    void addSystem(Stage stage, NamedSystem system) {
        systems(stage).add(system);
    }

    void addGenesis(NamedSystem genesis) {
        geneses.add(genesis);
    }

    void setJoinHandler(String plugin, JoinHandler handler) {
        if (joinHandler != null) {
            throw new IllegalArgumentException(
                    "plugin " + plugin + " calls onJoin, but the world has a join handler already; exactly one must");
        }
        joinHandler = handler;
    }

    void addMessage(String plugin, int type, MessageHandler handler) {
        if (type < 1 || type > 65_535) {
            throw new IllegalArgumentException(
                    "plugin " + plugin + " handles message type " + type + ", but types are 1 to 65535");
        }
        if (messages.putIfAbsent(type, handler) != null) {
            throw new IllegalArgumentException(
                    "plugin " + plugin + " handles message type " + type + ", which is taken already");
        }
    }

    <P extends Record> void addCommand(WorldPlugin plugin, CommandType<P> type, CommandHandler<P> handler) {
        if (!plugin.commands().contains(type)) {
            throw new IllegalArgumentException("plugin " + plugin.name() + " handles the command " + type
                    + ", which it does not list; add it to its WorldPlugin.commands()");
        }
        if (commands.putIfAbsent(type.toString(), declared(plugin, type, handler)) != null) {
            throw new IllegalArgumentException(
                    "plugin " + plugin.name() + " handles the command " + type + ", which is taken already");
        }
    }

    /** Clients are generated from what is declared: another answer would be read as what it is not. */
    private static <P extends Record> CommandHandler<P> declared(
            WorldPlugin plugin, CommandType<P> type, CommandHandler<P> handler) {
        Class<? extends Record> declared = type.answer();
        if (declared == null) {
            return handler;
        }
        return (cell, call) -> {
            CommandOutcome outcome = handler.handle(cell, call);
            if (outcome instanceof CommandOutcome.Done(Record answer, long[] _) && !declared.isInstance(answer)) {
                throw new IllegalStateException("plugin " + plugin.name() + " answers " + type + " with "
                        + (answer == null ? "nothing" : answer.getClass().getName()) + ", but declares "
                        + declared.getName());
            }
            return outcome;
        };
    }

    @Nullable
    CommandHandler<?> command(String type, int version) {
        return commands.get(type + " v" + version);
    }

    <I extends Record> void addIntent(String plugin, Class<I> intent, IntentHandler<I> handler) {
        requireListed(plugin, intent);
        if (intents.putIfAbsent(intent, handler) != null) {
            throw taken(plugin, intent);
        }
    }

    <I extends Record> void addAreaIntent(String plugin, Class<I> intent, AreaIntentHandler<I> handler) {
        requireListed(plugin, intent);
        if (areaIntents.putIfAbsent(intent, handler) != null) {
            throw taken(plugin, intent);
        }
    }

    private void requireListed(String plugin, Class<?> intent) {
        if (!intentOwners.containsKey(intent)) {
            throw new IllegalArgumentException("plugin " + plugin + " handles the intent " + intent.getSimpleName()
                    + ", which no plugin lists; add it to WorldPlugin.intents()");
        }
    }

    /** @param setter that the handler is missing from */
    IllegalArgumentException unhandled(Class<?> intent, String setter) {
        String owner = intentOwners.get(intent);
        return new IllegalArgumentException(
                owner == null
                        ? "the intent %s is listed by no plugin; add it to its plugin's WorldPlugin.intents() and call WorldContext.%s in configure"
                                .formatted(intent.getName(), setter)
                        : "plugin %s lists the intent %s, but nobody handles it; call WorldContext.%s in configure"
                                .formatted(owner, intent.getSimpleName(), setter));
    }

    /** How they travel. */
    IntentBodies intentBodies() {
        return DeclaredIntents.inOrder(intentOwners.keySet());
    }

    /** Its place among all declared intents, from 0. */
    int numberOf(Class<?> intent) {
        return List.copyOf(intentOwners.keySet()).indexOf(intent);
    }

    private static IllegalArgumentException taken(String plugin, Class<?> intent) {
        return new IllegalArgumentException(
                "plugin " + plugin + " handles the intent " + intent.getSimpleName() + ", which is taken already");
    }

    void addAffinity(Affinity affinity) {
        affinities.add(affinity);
    }

    List<Affinity> affinities() {
        return affinities;
    }

    @Nullable
    IntentHandler<?> intent(Class<?> type) {
        return intents.get(type);
    }

    @Nullable
    AreaIntentHandler<?> areaIntent(Class<?> type) {
        return areaIntents.get(type);
    }

    List<NamedSystem> systems(Stage stage) {
        return systems.getOrDefault(stage, List.of());
    }

    List<NamedSystem> geneses() {
        return geneses;
    }

    @Nullable
    MessageHandler message(int type) {
        return messages.get(type);
    }

    JoinHandler joinHandler() {
        if (joinHandler == null) {
            throw new IllegalStateException("the cell was opened without a join handler");
        }
        return joinHandler;
    }
}
