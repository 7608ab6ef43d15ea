package dev.terrane.sdk.bots;

import dev.terrane.base.Rng;
import java.util.Locale;

/** What the bots are up to. */
public enum Scenario {
    /** Each flies from one random point of the world to the next. */
    ROAM,
    /** All fly to the middle of the world and stay: the most that one place can hold. */
    CROWD,
    /** Each seeks the nearest ship or drone and fires at it. */
    FIGHT;

    /** @throws IllegalArgumentException names the choices */
    public static Scenario parse(String name) {
        for (Scenario scenario : values()) {
            if (scenario.name().toLowerCase(Locale.ROOT).equals(name)) {
                return scenario;
            }
        }
        throw new IllegalArgumentException("scenario '" + name + "' must be roam, crowd or fight");
    }

    Pilot pilot(Rng rng) {
        return switch (this) {
            case ROAM -> new RoamPilot(rng);
            case CROWD -> new CrowdPilot();
            case FIGHT -> new FightPilot(new RoamPilot(rng));
        };
    }
}
