package dev.terrane.clustersim.game;

/**
 * The answer to {@link Pay}: the purse as it is then.
 *
 * @param avatar whose purse it is
 */
public record Receipt(long avatar, int count, long coins) {}
