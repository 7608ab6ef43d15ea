package dev.terrane.games.skirmish;

import dev.terrane.ecs.Component;

/** An entity that ends by itself: a bolt out of reach, a wreck burnt out. */
@Component("skirmish.lifetime")
public record Lifetime(long untilTick) {}
