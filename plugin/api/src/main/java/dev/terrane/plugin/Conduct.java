package dev.terrane.plugin;

/**
 * What no avatar and no player of this game can do, see {@link WorldPlugin#conduct}. Each limit is above what the game's own rules allow: it is there for what they should not have let
 * through. Whoever is beyond one in a tick is put back within it; what the game itself does to an avatar it says by {@link CellContext#moved}.
 *
 * @param speedMax metres per second
 * @param accelerationMax metres per second, per second: how fast the velocity may change, whichever way
 * @param turnMax radians per second
 * @param slackMetres how much farther than its velocity takes it an avatar may get in a tick: collisions push it out of things
 * @param pressesPerSecond how often a player may press buttons; one tick's presses count once
 */
public record Conduct(float speedMax, float accelerationMax, float turnMax, float slackMetres, int pressesPerSecond) {
    public Conduct {
        require("speedMax", speedMax);
        require("accelerationMax", accelerationMax);
        require("turnMax", turnMax);
        require("slackMetres", slackMetres);
        require("pressesPerSecond", pressesPerSecond);
    }

    private static void require(String name, float value) {
        if (!(value > 0) || value > 1e9f) {
            throw new IllegalArgumentException(name + " is " + value + ", but must be above 0, up to 10^9");
        }
    }
}
