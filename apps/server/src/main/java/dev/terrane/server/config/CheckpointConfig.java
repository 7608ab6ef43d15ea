package dev.terrane.server.config;

/** How often a cell's state is stored. */
public record CheckpointConfig(
        @Key(doc = "Time between checkpoints of a cell.", unit = "seconds", fallback = "10", min = 1, max = 3600)
        int interval,

        @Key(
                doc =
                        "Durable commands after which a cell is stored, whenever it was last: bounds the journal that a restart reads.",
                fallback = "10000",
                min = 1,
                max = 1_000_000)
        int commands) {}
