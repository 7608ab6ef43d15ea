package dev.terrane.plugin.kit;

import dev.terrane.ecs.Component;
import dev.terrane.ecs.Replicated;

/** What an entity is called. */
@Component("kit.nameplate")
public record Nameplate(@Replicated String name) {}
