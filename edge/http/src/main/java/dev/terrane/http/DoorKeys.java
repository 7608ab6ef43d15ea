package dev.terrane.http;

import dev.terrane.gateway.ConnectionLimits;
import dev.terrane.gateway.TokenIssuer;
import dev.terrane.gateway.TokenVerifier;

/** Who may come in: tokens and counts. One for all loops. */
public record DoorKeys(TokenVerifier verifier, TokenIssuer issuer, ConnectionLimits limits) {}
