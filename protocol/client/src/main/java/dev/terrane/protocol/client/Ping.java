package dev.terrane.protocol.client;

/** Either way. @param sentAtMillis the sender's own clock */
public record Ping(double sentAtMillis) implements ClientMessage, ServerMessage {}
