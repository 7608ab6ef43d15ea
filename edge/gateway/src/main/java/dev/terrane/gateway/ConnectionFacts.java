package dev.terrane.gateway;

/**
 * What the door knows of a connection before its first message.
 *
 * @param ip the client's address, behind trusted proxies the forwarded one: for limits and logs
 * @param token who it is; already verified
 */
public record ConnectionFacts(String ip, VerifiedToken token) {}
