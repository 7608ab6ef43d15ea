package dev.terrane.gateway;

import dev.terrane.base.CharacterId;

/**
 * What a token that passed all checks says.
 *
 * @param subject the account or guest, as the issuer names it
 * @param character whom this subject plays
 * @param name proposed name of the avatar; empty when the token has none. Hello may say another
 * @param expiresAtEpochMillis checked when the connection opens; a running session is not cut when its token runs out
 */
public record VerifiedToken(String subject, CharacterId character, String name, long expiresAtEpochMillis) {}
