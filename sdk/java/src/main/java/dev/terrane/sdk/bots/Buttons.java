package dev.terrane.sdk.bots;

/** The demo game's buttons, as bits. */
final class Buttons {
    static final int FIRE = 1;
    static final int BRAKE = 4;

    private Buttons() {}
}
