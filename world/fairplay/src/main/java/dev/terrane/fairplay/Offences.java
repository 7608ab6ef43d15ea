package dev.terrane.fairplay;

import dev.terrane.protocol.cluster.Offence;

/** Sets of {@link Offence} as the bits of a number: sets are made each tick, and nothing may allocate there. */
public final class Offences {
    public static final int NONE = 0;
    private static final Offence[] ALL = Offence.values();

    private Offences() {}

    public static int of(Offence offence) {
        return 1 << offence.ordinal();
    }

    /** The first in the set, which must not be empty. */
    public static Offence first(int set) {
        return ALL[Integer.numberOfTrailingZeros(set)];
    }

    /** The set without its first. */
    public static int rest(int set) {
        return set & set - 1;
    }
}
