package dev.terrane.simulation;

import dev.terrane.base.EntityId;

/** A rule that must hold. Looks from outside, changes nothing, throws a {@link Violation} when it is broken. */
abstract class Checker implements Witness {
    /** Of the round that runs. */
    private long tick;

    private long checkCount;

    /** Before anybody moves in this tick. */
    final void begin(long now) {
        tick = now;
    }

    /** After everybody has moved. */
    void afterTick(Observation world) {}

    /**
     * After quiet: what must have settled by now.
     *
     * @return what has not, or empty
     */
    String unsettled(Observation world) {
        return "";
    }

    final long now() {
        return tick;
    }

    final void require(boolean holds, java.util.function.Supplier<String> otherwise) {
        checkCount++;
        if (!holds) {
            throw new Violation(getClass().getSimpleName(), tick, otherwise.get());
        }
    }

    /** Questions asked so far. */
    final long checkCount() {
        return checkCount;
    }

    static String name(long entity) {
        return "entity " + new EntityId(entity);
    }
}
