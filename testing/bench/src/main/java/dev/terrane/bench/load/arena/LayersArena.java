package dev.terrane.bench.load.arena;

import dev.terrane.base.Rng;
import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.EntityStore;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.Stage;
import dev.terrane.plugin.WorldContext;
import dev.terrane.plugin.WorldMap;
import dev.terrane.plugin.WorldPosition;
import dev.terrane.plugin.kit.Heading;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;
import java.util.List;

/** Ten thousand fighters in one region without any player: each looks for an enemy, flies at it and shoots, across layers by intents. */
public final class LayersArena extends Arena {
    /** Property of the server's JVM that says how many fight. */
    public static final String FIGHTERS = "terrane.bench.fighters";

    public static final String HITS = "hits";
    static final float SPOT_METRES = 800;
    private static final int SQUAD_COUNT_MAX = 16;
    private static final float PLAYERS_METRES_PER_SECOND = 5;

    public LayersArena() {
        super("arena-layers", PLAYERS_METRES_PER_SECOND);
    }

    @Override
    public List<Class<? extends Record>> components() {
        return List.of(Fighter.class);
    }

    @Override
    public List<Class<? extends Record>> intents() {
        return List.of(Hit.class);
    }

    @Override
    public void configure(WorldContext world) {
        super.configure(world);
        ComponentType<Fighter> fighter = world.entities().schema().type(Fighter.class);
        WorldContext.PluginCounter hits = world.counter(HITS);
        world.onGenesis(LayersArena::muster);
        world.onIntent(Hit.class, (cell, target, hit) -> {
            wound(cell.entities(), fighter, target, hit);
            hits.add(1);
        });
        world.affinity((cell, entity, links) -> {
            EntityStore entities = cell.entities();
            if (entities.has(entity, fighter)) {
                links.group(entities.get(entity, fighter).squad());
            }
        });
        world.addSystem(Stage.SIMULATE, "flying", new Flying(world.entities()));
        world.addSystem(Stage.RESOLVE, "fighting", new Fighting(world.entities()));
    }

    private static void muster(CellContext cell) {
        int count = Integer.getInteger(FIGHTERS, 10_000);
        Rng rng = cell.rng();
        for (int i = 0; i < count; i++) {
            cell.spawn(
                    new Position(rng.nextFloat(-SPOT_METRES, SPOT_METRES), rng.nextFloat(-SPOT_METRES, SPOT_METRES), 0),
                    new Heading(0),
                    new Velocity(0, 0),
                    new Fighter(1 + i / SQUAD_COUNT_MAX, Fighter.HULL_FULL));
        }
    }

    /** Nobody leaves: who is destroyed begins anew. */
    private static void wound(EntityStore entities, ComponentType<Fighter> type, long target, Hit hit) {
        if (entities.has(target, type)) {
            Fighter fighter = entities.get(target, type);
            float left = fighter.hull() - hit.damage();
            entities.set(target, type, new Fighter(fighter.squad(), left > 0 ? left : Fighter.HULL_FULL));
        }
    }

    @Override
    public WorldPosition entrance(WorldMap map, long characterSeed) {
        return new WorldPosition(0, 0);
    }
}
