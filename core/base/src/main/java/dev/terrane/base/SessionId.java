package dev.terrane.base;

/** Names a client's sticky place on a gateway; unique within the cluster's life, never reused. */
public record SessionId(long value) {
    @Override
    public String toString() {
        return "s" + Long.toUnsignedString(value, 36);
    }
}
