package dev.terrane.simulation;

/**
 * An entity as another cell sees it.
 *
 * @param x metres in the world's plane
 * @param wounds -1 when it has none of that kind
 */
record Ghost(long id, double x, double y, int wounds) {}
