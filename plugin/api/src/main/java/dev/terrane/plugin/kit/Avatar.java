package dev.terrane.plugin.kit;

import dev.terrane.ecs.Component;

/**
 * Says that a character drives this entity. Written by the cell alone.
 *
 * @param characterHigh upper half of the character's UUID
 * @param generation of the session that drives it; a join with a lower one is refused
 * @param session 0 while nobody is connected (lingering)
 * @param lingerUntilTick when an avatar without a session is logged out; meaningless while connected
 */
@Component("kit.avatar")
public record Avatar(
        long characterHigh,
        long characterLow,
        int generation,
        long session,
        int gateway,
        int ackedSeq,
        long lingerUntilTick) {}
