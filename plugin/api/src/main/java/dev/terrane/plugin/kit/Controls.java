package dev.terrane.plugin.kit;

import dev.terrane.ecs.Component;

/**
 * What the driver wants in this tick. The cell writes it before INPUT for avatars; a game may give it to NPCs and write it itself.
 *
 * @param moveX wish to move, each axis -1 to 1, length at most 1
 * @param aim radians, as {@link Heading#yaw}
 * @param held bits of the buttons that are down
 * @param pressed bits of the buttons that went down since the last tick; never lost, never repeated
 */
@Component("kit.controls")
public record Controls(float moveX, float moveY, float aim, int held, int pressed) {}
