package dev.terrane.server.config;

/** Durable commands: how many wait where, and for how long. */
public record CommandsConfig(
        @Key(
                doc =
                        "Partitions of each lane: commands with one key keep their order, partitions run side by side. Change it only while no command waits.",
                fallback = "16",
                min = 1,
                max = 256)
        int partitions,

        @Key(
                doc = "Commands that wait in a lane at most; more are refused with BUSY and a time to try again.",
                fallback = "100000",
                min = 100,
                max = 100_000_000)
        int laneMax,

        @Key(
                doc = "Commands that wait in memory to be written to a lane.",
                fallback = "20000",
                min = 100,
                max = 1_000_000)
        int queueMax,

        @Key(
                doc = "How long a command waits for a database that is away, before it is refused with BUSY.",
                unit = "milliseconds",
                fallback = "5000",
                min = 100,
                max = 60_000)
        int storeAwayMs,

        @Key(
                doc =
                        "How long outcomes are remembered, so that the same request is answered the same. Longer than any client goes on asking and any dead command waits for an operator.",
                unit = "hours",
                fallback = "720",
                min = 24,
                max = 87_600)
        int outcomesKept) {}
