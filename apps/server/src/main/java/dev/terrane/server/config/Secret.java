package dev.terrane.server.config;

/** A text that must never be printed: its {@link #toString} hides it. */
public record Secret(String reveal) {
    public boolean isEmpty() {
        return reveal.isEmpty();
    }

    @Override
    public String toString() {
        return reveal.isEmpty() ? "(none)" : "(hidden)";
    }
}
