package dev.terrane.clustersim.game;

/**
 * Somebody in a cell, at the end of a tick.
 *
 * @param id of the entity, in the whole world
 * @param ownership how often it has changed cells
 * @param walker its number; 0: an avatar
 * @param x world metres
 * @param lastSeq the last input that it was given
 * @param purse what it was paid
 */
public record Sighted(long id, int ownership, long walker, double x, double y, int lastSeq, Purse purse) {}
