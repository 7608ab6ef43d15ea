package dev.terrane.simulation;

import dev.terrane.base.CellId;
import dev.terrane.simulation.Drill.Diary;
import org.jspecify.annotations.Nullable;

/**
 * An entity as its owner has it after a tick.
 *
 * @param x metres in the world's plane
 * @param wounds -1 when it has none of that kind
 * @param diary of an avatar
 * @param session that drives it, 0 for none
 */
record Sighting(
        CellId cell,
        long id,
        int ownership,
        double x,
        double y,
        int wounds,
        @Nullable Diary diary,
        long session,
        int ackedSeq) {}
