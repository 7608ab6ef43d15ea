package dev.terrane.bench.load.cluster;

import java.util.Map;

/**
 * What a trial has found.
 *
 * @param values by name, in the order in which they are to be told
 * @param complete false: something had no end while we looked, or did not happen at all, so that the values are not to be quoted
 */
public record Measured(Map<String, Double> values, boolean complete) {}
