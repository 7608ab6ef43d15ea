package dev.terrane.server.world;

/** What workers ask whoever decides about the world's pace. Called within their rounds; must not block. */
@FunctionalInterface
interface Pressure {
    /** Whether time can still be slowed down further. */
    boolean mayDilate();
}
