package dev.terrane.server.config;

/** What a cell sees of other cells' entities. */
public record GhostsConfig(
        @Key(
                doc = "How far around its acting entities a cell sees those of neighbouring regions and other layers.",
                unit = "metres",
                fallback = "64",
                min = 0,
                max = 10000)
        double range,

        @Key(
                doc = "Entities of others that one cell sees at a time; of more, the nearest.",
                fallback = "16384",
                min = 1,
                max = 1048576)
        int max,

        @Key(
                doc =
                        "Entities of others that one cell follows wherever they go: locked targets, squad members, interactions. Not more than ghosts.max.",
                fallback = "1024",
                min = 0,
                max = 65536)
        int followedMax) {}
