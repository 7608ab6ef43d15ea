package dev.terrane.games.skirmish.hex;

import dev.terrane.ecs.Component;

/**
 * What one character has paid into a hex, and for whom it votes: itself, unless it says otherwise.
 *
 * @param high upper half of the character's id
 */
@Component("skirmish.hexshare")
public record HexShare(long high, long low, long xp, long voteHigh, long voteLow) {
    static HexShare of(long high, long low, long xp) {
        return new HexShare(high, low, xp, high, low);
    }

    HexShare richer(long amount) {
        return new HexShare(high, low, xp + amount, voteHigh, voteLow);
    }

    HexShare voting(long candidateHigh, long candidateLow) {
        return new HexShare(high, low, xp, candidateHigh, candidateLow);
    }
}
