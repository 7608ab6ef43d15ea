package dev.terrane.games.skirmish;

import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.EntityStore;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.WorldContext.Affinity;

/** Who stays together when a crowd is split: whoever fights with one another, and a bolt with its shooter. */
final class Comrades implements Affinity {
    private final EntityStore entities;
    private final ComponentType<Drone> drone;
    private final ComponentType<Bolt> bolt;

    Comrades(EntityStore entities) {
        this.entities = entities;
        this.drone = entities.schema().type(Drone.class);
        this.bolt = entities.schema().type(Bolt.class);
    }

    @Override
    public void of(CellContext cell, long entity, Links links) {
        if (entities.has(entity, drone)) {
            long target = entities.get(entity, drone).target();
            if (target != 0) {
                links.with(target);
            }
        } else if (entities.has(entity, bolt)) {
            links.with(entities.get(entity, bolt).shooter());
        }
    }
}
