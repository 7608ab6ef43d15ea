package dev.terrane.handoff;

/**
 * The last that the journal of a cell says of an entity, under the highest ownership that it names.
 *
 * @param lives false: it has died, or its character was logged out since
 */
public record Told(long entity, int ownership, boolean lives) {}
