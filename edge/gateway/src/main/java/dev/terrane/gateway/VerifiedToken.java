package dev.terrane.gateway;

import dev.terrane.base.CharacterId;

/**
 * What a token that passed all checks says.
 *
 * @param subject the account or guest, as the issuer names it
 * @param character whom this subject plays
 * @param name proposed name of the avatar; empty when the token has none. Hello may say another
 * @param expiresAtEpochMillis checked when the connection opens; a running session is not cut when its token runs out
 * @param ackedSeq the last input that another cluster acknowledged to this character before it came here; 0: none
 */
public record VerifiedToken(
        String subject, CharacterId character, String name, long expiresAtEpochMillis, int ackedSeq) {
    /** Above it nobody's numbers are taken over: there must be room to go on. */
    public static final int ACKED_SEQ_MAX = 1_000_000_000;

    /** Of one who begins here. */
    public VerifiedToken(String subject, CharacterId character, String name, long expiresAtEpochMillis) {
        this(subject, character, name, expiresAtEpochMillis, 0);
    }
}
