package dev.terrane.sdk.bots;

/**
 * How far a fleet is, about once a second.
 *
 * @param elapsedSeconds of the measurement; 0 while bots still join
 * @param snapshotsPerSecondPerClient since the last report
 */
public record BotProgress(
        int joined,
        int count,
        long elapsedSeconds,
        long durationSeconds,
        double snapshotsPerSecondPerClient,
        long errors) {}
