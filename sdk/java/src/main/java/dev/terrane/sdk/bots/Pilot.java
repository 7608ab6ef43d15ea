package dev.terrane.sdk.bots;

import dev.terrane.sdk.Input;

/** Decides what one bot does. Called a few times a second, never concurrently. */
interface Pilot {
    Input steer(Surroundings around);
}
