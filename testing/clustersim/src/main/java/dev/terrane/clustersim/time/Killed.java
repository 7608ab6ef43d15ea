package dev.terrane.clustersim.time;

/** Thrown out of every wait of a host that is no more: its code unwinds, and nobody hears of what it still does. */
public final class Killed extends Error {
    private static final long serialVersionUID = 1;

    Killed() {
        super("this host was killed", null, false, false);
    }
}
