package dev.terrane.gateway;

import java.util.ArrayDeque;

/**
 * Results and events that wait because their client has enough to read already: a player who comes back may have hundreds of results kept. In the order in which they
 * came, bounded in bytes.
 */
final class HeldMessages {
    /** All results that a lane keeps for one character at their largest, and half as much again. */
    static final int BYTES_MAX = 3 << 20;

    private final ArrayDeque<byte[]> messages = new ArrayDeque<>();
    private int byteCount;

    boolean isEmpty() {
        return messages.isEmpty();
    }

    /** False when there is no room: nobody reads. */
    boolean add(byte[] message) {
        if (byteCount + message.length > BYTES_MAX) {
            return false;
        }
        byteCount += message.length;
        return messages.add(message);
    }

    byte[] remove() {
        byte[] message = messages.remove();
        byteCount -= message.length;
        return message;
    }

    void clear() {
        messages.clear();
        byteCount = 0;
    }
}
