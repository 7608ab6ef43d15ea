package dev.terrane.protocol.client;

/** Anything an Envelope carries. Immutable; arrays inside belong to the receiver. */
public sealed interface WireMessage permits ClientMessage, ServerMessage {}
