package dev.terrane.clustersim.game;

import dev.terrane.base.CellId;
import java.util.List;

/** Hears what happens in cells, in copies of cells too: whoever listens has to tell them apart. Called within ticks. */
public interface GameEar {
    /** All who are in a cell. @param ghosts of others, as it sees them; told only while everybody rests */
    void census(CellId cell, long tick, List<Sighted> all, List<Ghostly> ghosts);

    /** The game itself saw something that must not be. */
    void fault(CellId cell, String what);

    /** Whether everybody is to rest. */
    boolean isQuiet(long tick);
}
