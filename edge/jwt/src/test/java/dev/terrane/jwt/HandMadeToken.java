package dev.terrane.jwt;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens put together byte by byte, without the library under test. */
final class HandMadeToken {
    static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private HandMadeToken() {}

    static String signed(String headerJson, String claimsJson) {
        return signed(headerJson, claimsJson, SECRET, "HmacSHA256");
    }

    static String signed(String headerJson, String claimsJson, String secret, String macName) {
        String content = part(headerJson) + "." + part(claimsJson);
        try {
            Mac mac = Mac.getInstance(macName);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), macName));
            return content + "." + BASE64.encodeToString(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String part(String json) {
        return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
