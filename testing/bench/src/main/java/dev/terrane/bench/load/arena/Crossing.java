package dev.terrane.bench.load.arena;

import dev.terrane.ecs.Component;

/**
 * What a runner remembers, to know when it has come to another cell and how many ticks that took.
 *
 * @param region the strip it was seen in last
 * @param tick when a cell simulated it last
 */
@Component("bench.crossing")
public record Crossing(int region, int tick) {}
