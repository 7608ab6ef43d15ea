package dev.terrane.games.skirmish;

import dev.terrane.plugin.CellContext;

/**
 * The rim of the world, as far as it belongs to this cell's region: the sides of its outline with nothing behind them.
 *
 * <p>What comes near is pushed back, harder the further it goes, so that nobody feels a wall and nothing leaves. Crafts have the same in
 * {@code rule/flight.ts}.
 */
final class Edges {
    /** The push begins this far inside. */
    private static final float MARGIN_METRES = 20;
    /** Metres per second, per second, for each metre. */
    private static final float STIFFNESS = 8;

    private static final int VALUES_PER_SIDE = 3;

    /** Outward normal x, y and distance of each open side, asked once of the map: not state. */
    private float[] sides = {};

    private boolean known;

    /** The change of speed along x of whoever is at this place. */
    float pushX(CellContext cell, float x, float y) {
        return push(cell, x, y, 0);
    }

    float pushY(CellContext cell, float x, float y) {
        return push(cell, x, y, 1);
    }

    private float push(CellContext cell, float x, float y, int axis) {
        if (!known) {
            sides = cell.map().partition().openSides(cell.cell().region());
            known = true;
        }
        float push = 0;
        for (int i = 0; i < sides.length; i += VALUES_PER_SIDE) {
            float beyond = x * sides[i] + y * sides[i + 1] - sides[i + 2] + MARGIN_METRES;
            if (beyond > 0) {
                push -= sides[i + axis] * beyond * STIFFNESS * cell.dtSeconds();
            }
        }
        return push;
    }
}
