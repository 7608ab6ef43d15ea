package dev.terrane.plugin.kit;

import dev.terrane.ecs.Component;
import dev.terrane.ecs.Replicated;

/** Which way an entity looks: radians from the x axis towards the y axis, kept within ±π by whoever turns it. */
@Component("kit.heading")
public record Heading(@Replicated(step = 1f / 128) float yaw) {}
