package dev.terrane.server.config;

/** What becomes of players who do what no fair one does (docs/FAIRPLAY.md). What is put right is put right whatever this says. */
public record FairPlayConfig(
        @Key(
                doc =
                        "With so many points a player is reported, by evt.fairplay.violated and in the log; once a minute while it goes on. 0: never.",
                unit = "points",
                fallback = "30",
                min = 0,
                max = 1000000)
        int report,

        @Key(
                doc =
                        "With so many points a player is kicked. 0: never; see first what is reported of fair players of your game.",
                unit = "points",
                fallback = "0",
                min = 0,
                max = 1000000)
        int kick,

        @Key(
                doc = "How long a character that was kicked is refused, by the gateways of the node that kicked it.",
                unit = "seconds",
                fallback = "300",
                min = 10,
                max = 86400)
        int kickFor,

        @Key(doc = "Points that are forgiven.", unit = "points/minute", fallback = "10", min = 1, max = 1000000)
        int fade) {}
