package dev.terrane.gateway;

import dev.terrane.base.CharacterId;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes and checks the secret by which a client shows that it is the one who was here before.
 *
 * <p>A token is session, character and their HMAC-SHA256 (cut to 128 bits), so every gateway of the cluster can check it and none has to
 * remember it. How long it is good for is decided by the cell: as long as the avatar lingers.
 */
final class ResumeTokens {
    private static final int FACTS_BYTES = 24;
    private static final int MAC_BYTES = 16;
    private static final int TOKEN_CHARS_MAX = 64;

    private final Mac mac;

    /** @param key secret, 32 bytes or more, the same on all gateways of the cluster */
    ResumeTokens(byte[] key) {
        if (key.length < 32) {
            throw new IllegalArgumentException("a resume key needs 32 bytes, not " + key.length);
        }
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    /** What a token that a client shows is worth. */
    enum Check {
        /** Its own, made here. */
        GENUINE,
        /** Made here for another character: somebody plays with other people's tokens. */
        FOREIGN,
        /** Not made with this key: of an earlier run of the server, or invented. */
        UNKNOWN
    }

    String issue(long session, CharacterId character) {
        byte[] token = Arrays.copyOf(facts(session, character), FACTS_BYTES + MAC_BYTES);
        byte[] tag = mac.doFinal(Arrays.copyOf(token, FACTS_BYTES));
        System.arraycopy(tag, 0, token, FACTS_BYTES, MAC_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    Check check(String text, CharacterId character) {
        byte[] token = decode(text);
        if (token.length != FACTS_BYTES + MAC_BYTES) {
            return Check.UNKNOWN;
        }
        byte[] tag = Arrays.copyOf(mac.doFinal(Arrays.copyOf(token, FACTS_BYTES)), MAC_BYTES);
        if (!MessageDigest.isEqual(tag, Arrays.copyOfRange(token, FACTS_BYTES, token.length))) {
            return Check.UNKNOWN;
        }
        ByteBuffer facts = ByteBuffer.wrap(token);
        long session = facts.getLong();
        return Arrays.equals(facts(session, character), Arrays.copyOf(token, FACTS_BYTES))
                ? Check.GENUINE
                : Check.FOREIGN;
    }

    private static byte[] facts(long session, CharacterId character) {
        return ByteBuffer.allocate(FACTS_BYTES)
                .putLong(session)
                .putLong(character.value().getMostSignificantBits())
                .putLong(character.value().getLeastSignificantBits())
                .array();
    }

    private static byte[] decode(String text) {
        if (text.length() > TOKEN_CHARS_MAX) {
            return new byte[0];
        }
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
