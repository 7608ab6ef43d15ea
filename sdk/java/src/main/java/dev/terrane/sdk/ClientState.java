package dev.terrane.sdk;

/** Where a client stands. */
public enum ClientState {
    /** The first connection is being made. */
    CONNECTING,
    /** Welcome has arrived; snapshots flow. */
    OPEN,
    /** The connection was lost and is being made anew, with the same avatar if it still lingers. */
    RECONNECTING,
    /** Over; nothing more happens. */
    CLOSED
}
