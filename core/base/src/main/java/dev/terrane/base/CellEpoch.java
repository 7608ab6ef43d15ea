package dev.terrane.base;

import java.util.Objects;

/**
 * A cell under one of its owners: what is said in its name counts until the next epoch.
 *
 * @param epoch raised whenever the cell goes to an owner, 1 for the first
 */
public record CellEpoch(CellId cell, long epoch) {
    public CellEpoch {
        Objects.requireNonNull(cell, "cell");
    }

    @Override
    public String toString() {
        return cell + "@" + epoch;
    }
}
