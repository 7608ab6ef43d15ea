package dev.terrane.coordinator;

/**
 * An administrator's word, which stands above every plan until it is taken back.
 *
 * @param name what it is about: {@code pin/skirmish/0,1#0} keeps a cell on a node, {@code placement} frozen moves nothing
 * @param sinceIndex of the entry that has set it
 */
public record AdminOverride(String name, String value, String author, String reason, long sinceIndex) {}
