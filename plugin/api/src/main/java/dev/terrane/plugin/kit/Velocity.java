package dev.terrane.plugin.kit;

import dev.terrane.ecs.Audience;
import dev.terrane.ecs.Component;
import dev.terrane.ecs.Replicated;

/** Metres per second in the plane. Others see it in the positions; the driver's own client is told, for prediction. */
@Component("kit.velocity")
public record Velocity(
        @Replicated(to = Audience.OWNER) float x,
        @Replicated(to = Audience.OWNER) float y) {}
