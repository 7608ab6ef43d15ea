package dev.terrane.sdk.bots;

import dev.terrane.space.Partition;
import org.jspecify.annotations.Nullable;

/** What a pilot sees. */
interface Surroundings {
    /** Own position in the world, in metres. */
    double x();

    double y();

    Partition partition();

    /** The nearest ship or drone but the own; null when none is in view. */
    @Nullable
    Target nearestTarget();

    /** A place to shoot at, in the world. */
    record Target(double x, double y) {}
}
