package dev.terrane.protocol.client;

/**
 * The answer to a {@link Ping}, either way.
 *
 * @param sentAtMillis returned unchanged
 * @param serverTimeMillis Unix time; 0 from a client
 */
public record Pong(double sentAtMillis, double serverTimeMillis) implements ClientMessage, ServerMessage {}
