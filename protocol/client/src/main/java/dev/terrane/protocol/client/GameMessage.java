package dev.terrane.protocol.client;

/** A message of the game's own making, either way. {@code requestId} is unsigned; 0 from the server answers nothing. */
public record GameMessage(int type, int requestId, byte[] payload) implements ClientMessage, ServerMessage {}
