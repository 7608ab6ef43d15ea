package dev.terrane.server.cli.cluster;

import dev.terrane.json.JsonTree;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A short-lived token of an operator, signed with the servers' own secret: whoever has that may do anything anyway. */
final class AdminToken {
    private static final Duration VALID = Duration.ofMinutes(1);

    private AdminToken() {}

    /** @param author who is held to have done what is done with it */
    static String of(String secret, String issuer, String author, long nowMillis) {
        long now = nowMillis / 1000;
        String signed = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8))
                + "."
                + base64(JsonTree.write(Map.of(
                                "iss",
                                issuer,
                                "sub",
                                author,
                                "roles",
                                List.of("admin"),
                                "iat",
                                now,
                                "exp",
                                now + VALID.toSeconds(),
                                "jti",
                                UUID.randomUUID().toString()))
                        .getBytes(StandardCharsets.UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return signed + "." + base64(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA256 is not available in this Java runtime", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
