package dev.terrane.games.skirmish;

import dev.terrane.ecs.Component;
import dev.terrane.ecs.Replicated;

/**
 * Event for a shooter alone: this bolt is his, so that his page, which has drawn it since he pressed the button, does not draw it twice.
 *
 * @param bolt entity id
 * @param tick in which it left, the last 32 bits
 */
@Component("skirmish.fired")
public record Fired(@Replicated long bolt, @Replicated int tick) {}
