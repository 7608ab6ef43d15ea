package dev.terrane.plugin.kit;

import dev.terrane.ecs.Component;

/**
 * Who an entity is in the whole world. Added by the cell; no plugin writes it.
 *
 * @param id {@link dev.terrane.base.EntityId}
 * @param ownership rises by one with each handoff: of two copies the higher is true
 * @param arrivedTick when it came into this cell: the cooldown of a sticky border counts from here
 */
@Component("kit.identity")
public record Identity(long id, int ownership, long arrivedTick) {}
