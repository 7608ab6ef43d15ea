package dev.terrane.games.skirmish.hex;

import dev.terrane.ecs.Component;

/**
 * A region as something to own.
 *
 * @param version rises with each change
 * @param xp all that was ever paid in
 * @param ownerHigh upper half of the owner's character id; both halves 0: nobody's
 */
@Component("skirmish.hex")
public record Hex(long version, long xp, long ownerHigh, long ownerLow) {
    static final Hex WILD = new Hex(0, 0, 0, 0);
    static final int LEVEL_MAX = 20;
    /** Level n begins at (n - 1)² times as much. */
    static final long XP_PER_LEVEL_SQUARED = 100;

    /** 1 to {@link #LEVEL_MAX}. */
    int level() {
        int level = 1;
        while (level < LEVEL_MAX && xp >= XP_PER_LEVEL_SQUARED * level * level) {
            level++;
        }
        return level;
    }

    Hex richer(long amount) {
        return new Hex(version + 1, xp + amount, ownerHigh, ownerLow);
    }

    Hex touched() {
        return new Hex(version + 1, xp, ownerHigh, ownerLow);
    }

    Hex ownedBy(long high, long low) {
        return new Hex(version, xp, high, low);
    }
}
