package dev.terrane.server.world;

import dev.terrane.placement.CellLoad;

/**
 * How crowded one cell is, for whoever decides.
 *
 * @param orderDone number of the last order about layers that it has carried out; 0: none
 */
public record CrowdReading(CellLoad load, long epoch, long orderDone) {}
