package dev.terrane.server.edge;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What signs resume tokens. */
public final class ResumeKey {
    private static final int BYTES = 32;
    /** Another use of the same secret takes another label: nobody learns one key by the other. */
    private static final byte[] LABEL = "terrane resume tokens 1".getBytes(StandardCharsets.UTF_8);

    private ResumeKey() {}

    /** Good until the process ends. */
    static byte[] ofThisRun() {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }

    /** The same on every node that has the same secret: HMAC-SHA256 of a label, as in the first step of RFC 5869. */
    public static byte[] of(String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(LABEL);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
