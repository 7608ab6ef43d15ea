package dev.terrane.link;

import java.util.List;

/**
 * What is known of the node at the other end.
 *
 * @param life another one than before: it has started anew
 * @param version the highest one that both speak; messages may depend on it
 */
public record LinkInfo(long life, List<String> roles, int version) {}
