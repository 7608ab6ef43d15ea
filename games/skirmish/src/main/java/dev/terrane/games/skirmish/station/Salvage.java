package dev.terrane.games.skirmish.station;

import dev.terrane.ecs.Component;
import dev.terrane.ecs.Replicated;

/** What can be had from a wreck by flying through it. @param amount of pieces */
@Component("skirmish.salvage")
public record Salvage(@Replicated int amount) {
    /** As the inventory calls it. */
    static final String ITEM = "salvage";

    /** What a pilot keeps it in. */
    static final String HOLD = "cargo";
}
