package dev.terrane.clustersim.game;

/**
 * Somebody of another cell, as this one sees him.
 *
 * @param id of the entity, in the whole world
 * @param x world metres
 */
public record Ghostly(long id, double x, double y) {}
