package dev.terrane.cell;

import dev.terrane.base.CellId;

/**
 * Which cell, under which grant, in which world.
 *
 * @param epoch of the grant: rises when the cell's owner changes or starts anew
 * @param incarnation upper half of the ids of entities minted under this grant, 1 to 2^31 - 1
 */
public record CellSpec(CellId cell, long epoch, int incarnation, World world, CellSettings settings) {
    public CellSpec {
        if (incarnation < 1) {
            throw new IllegalArgumentException("incarnation " + incarnation + " of cell " + cell + " must be positive");
        }
        if (!world.map().partition().contains(cell.region())) {
            throw new IllegalArgumentException("cell " + cell + " has no region in the partition "
                    + world.map().partition().describe());
        }
    }
}
