package dev.terrane.bench;

import dev.terrane.ecs.Component;

/** Where a benched entity is. */
@Component("bench.place")
public record Place(float x, float y) {}
