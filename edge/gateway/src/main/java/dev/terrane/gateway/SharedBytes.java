package dev.terrane.gateway;

import java.nio.ByteBuffer;

/**
 * Bytes that many links send as the end of a message: written once, then sealed, never changed afterwards.
 *
 * <pre>
 *   make ─► fill {@link #buffer} ─► {@link #seal} ─► {@link ClientLink#commit(int, SharedBytes)}, any number of links ─► {@link #release}
 * </pre>
 *
 * <p>The maker's caller holds it from {@code make} to {@code release}; links that have it queued keep its memory for as long as they need it, which
 * is the door's own count. On the gateway's thread throughout.
 */
public interface SharedBytes {
    /** Where the bytes go, from 0: little-endian, with room for at least what was asked. Not to be written after {@link #seal}. */
    ByteBuffer buffer();

    /** From now on these are bytes 0 until {@code lengthBytes} of the buffer. */
    void seal(int lengthBytes);

    int lengthBytes();

    /** The caller commits it no more. Nothing here may be called afterwards. */
    void release();

    /** The port to the door's memory. Its links, and no other door's, send what it makes without copying. */
    @FunctionalInterface
    interface Maker {
        SharedBytes make(int bytesMax);

        /** On the heap, for links that copy. */
        static Maker plain() {
            return PlainBytes::new;
        }
    }
}
