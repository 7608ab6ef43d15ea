package dev.terrane.simulation.books;

import dev.terrane.base.Rng;
import java.util.HashMap;
import java.util.Map;

/** Which handlers throw, and how often: some a few times, some until an operator cures them. Each wish has its own luck, whenever it is first tried. */
final class Poison {
    private final long seed;
    private final float chance;
    private final Map<String, Integer> left = new HashMap<>();
    private boolean works;

    Poison(long seed, float chance) {
        this.seed = seed;
        this.chance = chance;
    }

    /** Throws if it is this wish's turn. */
    void strike(String wish) {
        if (!works || chance == 0) {
            return;
        }
        int before = left.computeIfAbsent(wish, this::draw);
        if (before > 0) {
            left.put(wish, before - 1);
            throw new IllegalStateException("a bug in the handler of " + wish);
        }
    }

    private int draw(String wish) {
        Rng rng = new Rng(Rng.mix(seed ^ Rng.mix(wish.hashCode())));
        if (!rng.chance(chance / 2)) {
            return 0;
        }
        return rng.chance(0.3f) ? 1_000 : 1 + rng.nextInt(4);
    }

    /** From now on handlers throw. */
    void begin() {
        works = true;
    }

    /** An operator has found the bugs. */
    void cure() {
        works = false;
    }
}
