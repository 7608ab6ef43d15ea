package dev.terrane.clustersim.game;

import dev.terrane.ecs.Component;

/** What an avatar was paid by durable commands. @param count how often */
@Component("roam.purse")
public record Purse(int count, long coins) {
    public static final Purse EMPTY = new Purse(0, 0);
}
