package dev.terrane.plugin.kit;

import dev.terrane.ecs.Component;
import dev.terrane.ecs.Replicated;

/**
 * Where an entity is: metres from its region's origin, {@code x} and {@code y} in the plane, {@code z} up. The cell moves whoever crosses a border to the
 * region's neighbour and converts the offset. Must stay finite: a cell stops on NaN.
 */
@Component("kit.position")
public record Position(
        @Replicated(step = Position.STEP) float x,
        @Replicated(step = Position.STEP) float y,
        @Replicated(step = Position.STEP) float z) {
    /** Positions are told to clients in these, in metres. */
    public static final float STEP = 1f / 64;
}
