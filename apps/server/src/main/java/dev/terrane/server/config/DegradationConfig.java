package dev.terrane.server.config;

/** What the world leaves out when its workers cannot keep up, one step after the other: optional work, far rings, splits, time. */
public record DegradationConfig(
        @Key(
                doc = "Leave things out under load. Off: ticks come late, and then the world stands still.",
                fallback = "true")
        boolean enabled,

        @Key(
                doc = "The busiest worker's part of the tick's period above which the next step is taken.",
                unit = "percent",
                fallback = "85",
                min = 10,
                max = 100)
        int busyPercent,

        @Key(
                doc = "The busiest worker's part below which a step is taken back; less than busyPercent.",
                unit = "percent",
                fallback = "60",
                min = 5,
                max = 95)
        int calmPercent,

        @Key(
                doc = "How long it is too busy before the next step.",
                unit = "milliseconds",
                fallback = "1000",
                min = 100,
                max = 60000)
        int afterMs,

        @Key(
                doc = "How long it is calm before a step is taken back.",
                unit = "milliseconds",
                fallback = "5000",
                min = 100,
                max = 600000)
        int calmMs,

        Dilation dilation) {

    /** Slower simulated time, the last step: the whole world slows down alike and clients are told. */
    public record Dilation(
            @Key(doc = "Slow time down when nothing else is left.", fallback = "true")
            boolean enabled,

            @Key(
                    doc = "Slowest simulated time. Under more load than that the world stands still for moments.",
                    unit = "percent",
                    fallback = "10",
                    min = 10,
                    max = 100)
            int floorPercent) {}
}
