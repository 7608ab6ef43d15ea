package dev.terrane.cell;

import dev.terrane.base.Meters;
import dev.terrane.command.CommandType;
import dev.terrane.ecs.EntityStore;
import dev.terrane.plugin.CellSystem;
import dev.terrane.plugin.CommandHandler;
import dev.terrane.plugin.MovementRule;
import dev.terrane.plugin.Stage;
import dev.terrane.plugin.WorldContext;
import dev.terrane.plugin.WorldMap;
import dev.terrane.wasm.RuleModule;
import java.util.Map;

/** The cell as one plugin configures it; dead once that call has returned. */
final class Setup implements WorldContext {
    private final CellSpec spec;
    private final PluginModule module;
    private final Rules rules;
    private final EntityStore store;
    private final Meters meters;
    private boolean closed;

    Setup(CellSpec spec, PluginModule module, Rules rules, EntityStore store, Meters meters) {
        this.spec = spec;
        this.module = module;
        this.rules = rules;
        this.store = store;
        this.meters = meters;
    }

    void close() {
        closed = true;
    }

    @Override
    public WorldMap map() {
        return spec.world().map();
    }

    @Override
    public EntityStore entities() {
        requireOpen();
        return store;
    }

    @Override
    public Timing timing() {
        CellSettings.Rates rates = spec.settings().rates();
        return new Timing(rates.simulationHz(), rates.snapshotHz());
    }

    @Override
    public Map<String, String> options() {
        return module.options();
    }

    @Override
    public MovementRule movementRule() {
        requireOpen();
        RuleModule rule = spec.world().schema().rule();
        if (rule == null) {
            throw new IllegalStateException("plugin " + pluginName() + " asks for the movement rule of world "
                    + spec.cell().world() + ", which has none; give one by WorldPlugin.movementRule()");
        }
        return rule.start(map().partition().openSides(spec.cell().region()));
    }

    @Override
    public void addSystem(Stage stage, String name, CellSystem system) {
        requireOpen();
        rules.addSystem(stage, new Rules.NamedSystem(pluginName() + "/" + name, system));
    }

    @Override
    public void onJoin(JoinHandler handler) {
        requireOpen();
        rules.setJoinHandler(pluginName(), handler);
    }

    @Override
    public void onGenesis(CellSystem handler) {
        requireOpen();
        rules.addGenesis(new Rules.NamedSystem(pluginName() + "/genesis", handler));
    }

    @Override
    public void onMessage(int type, MessageHandler handler) {
        requireOpen();
        rules.addMessage(pluginName(), type, handler);
    }

    @Override
    public <P extends Record> void onCommand(CommandType<P> type, CommandHandler<P> handler) {
        requireOpen();
        rules.addCommand(module.plugin(), type, handler);
    }

    @Override
    public PluginCounter counter(String name) {
        requireOpen();
        Meters.Count count =
                meters.count("plugin_" + name, "world", spec.cell().world().name());
        return count::add;
    }

    @Override
    public void addOpportunisticSystem(Stage stage, String name, CellSystem system) {
        requireOpen();
        CellSystem whileThereIsTime = cell -> {
            if (!cell.shedding()) {
                system.run(cell);
            }
        };
        rules.addSystem(stage, new Rules.NamedSystem(pluginName() + "/" + name, whileThereIsTime, true));
    }

    @Override
    public <I extends Record> void onIntent(Class<I> intent, IntentHandler<I> handler) {
        requireOpen();
        rules.addIntent(pluginName(), intent, handler);
    }

    @Override
    public <I extends Record> void onAreaIntent(Class<I> intent, AreaIntentHandler<I> handler) {
        requireOpen();
        rules.addAreaIntent(pluginName(), intent, handler);
    }

    @Override
    public void affinity(Affinity affinity) {
        requireOpen();
        rules.addAffinity(affinity);
    }

    private String pluginName() {
        return module.plugin().name();
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("plugin " + pluginName()
                    + " uses its WorldContext after configure has returned; add a system and use its CellContext");
        }
    }
}
