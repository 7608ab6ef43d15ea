package dev.terrane.games.skirmish.hex;

import dev.terrane.ecs.Component;

/**
 * What one character has paid into a hex, and for whom it votes: itself, unless it says otherwise.
 *
 * @param high upper half of the character's id
 * @param name as the character was called when it last paid or voted; empty: its ship was elsewhere
 */
@Component("skirmish.hexshare")
public record HexShare(long high, long low, long xp, long voteHigh, long voteLow, String name) {
    static HexShare of(long high, long low, long xp) {
        return new HexShare(high, low, xp, high, low, "");
    }

    HexShare richer(long amount) {
        return new HexShare(high, low, xp + amount, voteHigh, voteLow, name);
    }

    HexShare voting(long candidateHigh, long candidateLow) {
        return new HexShare(high, low, xp, candidateHigh, candidateLow, name);
    }

    /** Nothing new is learnt from an empty name. */
    HexShare called(String now) {
        return now.isEmpty() ? this : new HexShare(high, low, xp, voteHigh, voteLow, now);
    }
}
