package dev.terrane.server.config;

/** How far back hits are judged, so that players hit what they see (docs/NETCODE.md). Time is the world's own: where it runs slowly, it lasts longer. */
public record RewindConfig(
        @Key(
                doc =
                        "For how long cells remember where everybody was. Not less than rewind.maxMs, and better a tick more.",
                unit = "milliseconds",
                fallback = "1000",
                min = 50,
                max = 5000)
        int historyMs,

        @Key(
                doc =
                        "What a player saw counts for no longer than this, whatever his client says. Whoever went behind cover can be hit there for so long. 0: every shot is judged as of now.",
                unit = "milliseconds",
                fallback = "500",
                min = 0,
                max = 5000)
        int maxMs,

        @Key(
                doc = "Whoever is faster has jumped: he is not hit on the way, nor where he was before.",
                unit = "metres per second",
                fallback = "500",
                min = 1,
                max = 1000000)
        double jumpSpeed) {}
