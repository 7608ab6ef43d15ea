package dev.terrane.jwt;

import java.nio.charset.StandardCharsets;

/** The key that signs and checks tokens. It never shows itself: no toString, no equals by value. */
public final class JwtSecret {
    /** HS256 takes nothing shorter: a key below the hash's own length is the weakest part (RFC 7518, 3.2). */
    public static final int BYTE_COUNT_MIN = 32;

    private final byte[] bytes;

    private JwtSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @throws IllegalArgumentException with a sentence for the operator when it is too short */
    public static JwtSecret of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < BYTE_COUNT_MIN) {
            throw new IllegalArgumentException(
                    "auth.jwt.secret has %d bytes, but HS256 needs at least %d; make one with: openssl rand -base64 48"
                            .formatted(bytes.length, BYTE_COUNT_MIN));
        }
        return new JwtSecret(bytes);
    }

    byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public String toString() {
        return "JwtSecret[hidden]";
    }
}
