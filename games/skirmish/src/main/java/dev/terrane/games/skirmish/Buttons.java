package dev.terrane.games.skirmish;

import java.util.List;

/** Bits of {@link dev.terrane.plugin.kit.Controls}; {@code rule/flight.ts} knows BOOST and BRAKE. */
final class Buttons {
    /** From the lowest bit on. */
    static final List<String> NAMES = List.of("FIRE", "BOOST", "BRAKE", "CLOAK");

    static final int FIRE = 1;
    static final int BOOST = 2;
    static final int BRAKE = 4;
    static final int CLOAK = 8;

    private Buttons() {}

    static boolean down(int bits, int button) {
        return (bits & button) != 0;
    }
}
