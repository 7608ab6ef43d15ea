package dev.terrane.server.config;

/** The flight recorder: what each cell consumed, for {@code terrane replay}. */
public record RecorderConfig(
        @Key(
                doc = "Keep what each cell consumed in a ring of files, so that what happened can be replayed.",
                fallback = "true")
        boolean enabled,

        @Key(doc = "Folder of the rings; empty: the folder recorder in database.dataDir.", fallback = "")
        String dir,

        @Key(
                doc = "What the ring of a cell takes at most; the oldest makes room for the newest.",
                unit = "mebibytes",
                fallback = "32",
                min = 1,
                max = 65536)
        int mebibytesPerCell,

        @Key(
                doc =
                        "From one base, a copy of the whole cell, to the next. A replay begins at a base, and at the next one entities are compared.",
                unit = "ticks",
                fallback = "400",
                min = 1,
                max = 72000)
        int baseTicks,

        @Key(
                doc =
                        "In so many ticks each entity takes part in the hash of one. 1 finds a divergence in its very tick, and costs accordingly.",
                unit = "ticks",
                fallback = "20",
                min = 1,
                max = 1000)
        int hashTicks) {}
