package dev.terrane.ecs;

import org.jspecify.annotations.Nullable;

/** What a text field may hold. */
final class Text {
    /** A length byte is enough on every wire. */
    static final int BYTES_MAX = 255;

    private static final int BROKEN = -1;

    private Text() {}

    /** @throws IllegalArgumentException if the value could not be stored and read back as it is */
    static void require(String field, @Nullable String value) {
        if (value == null) {
            throw new IllegalArgumentException("text " + field + " must not be null");
        }
        int bytes = utf8Bytes(value);
        if (bytes == BROKEN) {
            throw new IllegalArgumentException("text " + field + " has half a surrogate pair");
        }
        if (bytes > BYTES_MAX) {
            throw new IllegalArgumentException(
                    "text " + field + " has " + bytes + " bytes of UTF-8, " + BYTES_MAX + " are allowed");
        }
    }

    /** Length in UTF-8, or -1 if it has none because half a surrogate pair is missing. */
    static int utf8Bytes(String value) {
        int bytes = 0;
        for (int i = 0; i < value.length(); i++) {
            char unit = value.charAt(i);
            if (Character.isHighSurrogate(unit)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else if (Character.isSurrogate(unit)) {
                return BROKEN;
            } else {
                bytes += unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
            }
        }
        return bytes;
    }
}
