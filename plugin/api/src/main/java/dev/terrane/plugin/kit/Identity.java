package dev.terrane.plugin.kit;

import dev.terrane.ecs.Component;

/**
 * Who an entity is in the whole world. Added by the cell; no plugin writes it.
 *
 * @param id {@link dev.terrane.base.EntityId}
 * @param ownership rises by one with each handoff: of two copies the higher is true
 * @param arrivedTick when it came over a border into this cell: the cooldown of a sticky border counts from here. {@link #BORN_HERE} if it never
 *     did: what was spawned here, a shot for example, may leave at once
 */
@Component("kit.identity")
public record Identity(long id, int ownership, long arrivedTick) {
    /** An {@code arrivedTick} longer ago than any cooldown. */
    public static final long BORN_HERE = -1L << 32;
}
