package dev.terrane.link;

/** A connection, or what came over it, is not accepted; {@code text} is for people. */
record Refusal(LinkEnd why, String text) {}
