package dev.terrane.games.skirmish;

/**
 * Area intent: a ship burst here. Whoever is near gets his share; who brought the ship down is to blame.
 *
 * @param victim entity id of the ship
 * @param by entity id
 */
public record Blast(long victim, long by, String byName) {
    static final float RADIUS_METRES = 16;
    /** At the rim; in the centre it is all. */
    private static final float SHARE_MIN = 0.2f;

    static float share(float metres) {
        return Math.max(SHARE_MIN, 1 - metres / RADIUS_METRES);
    }
}
