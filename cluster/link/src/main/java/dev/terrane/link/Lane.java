package dev.terrane.link;

import org.jspecify.annotations.Nullable;

/** One of the two ways through a link. Each keeps its own order; between them there is none. */
public enum Lane {
    /** Small messages that must not wait behind big ones: written first. When it is full the link is closed. */
    CONTROL(0),
    /** Everything else. When it is full, offers are refused, and whoever offers decides what then. */
    DATA(1);

    private final int code;

    Lane(int code) {
        this.code = code;
    }

    /** As it travels. */
    int code() {
        return code;
    }

    static @Nullable Lane of(int code) {
        return switch (code) {
            case 0 -> CONTROL;
            case 1 -> DATA;
            default -> null;
        };
    }
}
