package dev.terrane.command;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** SHA-256 of (client id, request id, type, key), each with its length before it: what makes two sendings the same wish (H5). A value. */
public final class IdempotencyKey implements Comparable<IdempotencyKey> {
    /** Length of {@link #bytes}. */
    public static final int BYTE_COUNT = 32;

    private final byte[] bytes;

    private IdempotencyKey(byte[] bytes) {
        this.bytes = bytes;
    }

    static IdempotencyKey of(String clientId, String requestId, String type, String key) {
        MessageDigest sha = sha256();
        for (String part : new String[] {clientId, requestId, type, key}) {
            byte[] utf8 = part.getBytes(StandardCharsets.UTF_8);
            // The length keeps ("ab", "c") and ("a", "bc") apart, which a separator inside a part would not.
            sha.update(ByteBuffer.allocate(4).putInt(0, utf8.length));
            sha.update(utf8);
        }
        return new IdempotencyKey(sha.digest());
    }

    /** @throws IllegalArgumentException unless there are {@link #BYTE_COUNT} */
    public static IdempotencyKey of(byte[] bytes) {
        if (bytes.length != BYTE_COUNT) {
            throw new IllegalArgumentException("an idempotency key has " + BYTE_COUNT + " bytes, not " + bytes.length);
        }
        return new IdempotencyKey(bytes.clone());
    }

    /** The first bytes of the SHA-256 of a payload. */
    public static long hash(byte[] payload) {
        return ByteBuffer.wrap(sha256().digest(payload)).getLong();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** A copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public int compareTo(IdempotencyKey other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IdempotencyKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return ByteBuffer.wrap(bytes).getInt();
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
