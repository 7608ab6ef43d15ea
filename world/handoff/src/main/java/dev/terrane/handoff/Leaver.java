package dev.terrane.handoff;

/**
 * An entity about to leave its cell.
 *
 * @param ownership its counter here; the hand-off raises it by one
 * @param x local position at the target, metres
 * @param image the entity's components as the store wrote them; belongs to the machine from now on
 * @param session 0 when nobody drives it
 * @param gateway of the session
 * @param ackedSeq last input that the image contains
 */
public record Leaver(
        long entity, int ownership, float x, float y, byte[] image, long session, int gateway, int ackedSeq) {}
