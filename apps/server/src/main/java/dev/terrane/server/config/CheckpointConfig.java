package dev.terrane.server.config;

/** How often a cell's state is stored. */
public record CheckpointConfig(
        @Key(doc = "Time between checkpoints of a cell.", unit = "seconds", fallback = "10", min = 1, max = 3600)
        int interval) {}
