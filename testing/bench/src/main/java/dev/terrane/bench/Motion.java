package dev.terrane.bench;

import dev.terrane.ecs.Component;

/** Where a benched entity goes. */
@Component("bench.motion")
public record Motion(float x, float y) {}
