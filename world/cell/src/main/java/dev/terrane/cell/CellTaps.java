package dev.terrane.cell;

import org.jspecify.annotations.Nullable;

/** Whoever wants to hear what cells consume. */
@FunctionalInterface
public interface CellTaps {
    /** For a cell that starts, or starts again. Null: nobody wants to hear of it. */
    @Nullable
    CellTap open(CellSpec spec);

    /** Nobody wants to hear of any. */
    static CellTaps none() {
        return _ -> null;
    }
}
