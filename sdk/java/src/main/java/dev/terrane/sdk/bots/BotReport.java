package dev.terrane.sdk.bots;

import dev.terrane.conditions.LinkConditions;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the bots got, measured from when all had joined.
 *
 * @param rates per client and second
 * @param roundTrips of pings, through the whole client
 * @param staleness age of each slice's state when it arrived
 * @param errorsByKind names of error codes, CONNECTION_LOST, NOT_JOINED
 * @param link the network that they had
 * @param prediction null for bots that did not steer as players do
 */
public record BotReport(
        int clientsJoined,
        Rates rates,
        Quantiles roundTrips,
        Quantiles staleness,
        SortedMap<String, Long> errorsByKind,
        LinkConditions link,
        @Nullable Prediction prediction) {

    /**
     * How right they were about themselves.
     *
     * @param predicting whose own avatar was predicted in the end; the others are in a world without a movement rule, or {@code NOT_PREDICTED} counts them
     * @param correctionsPerMinute per client, of more than a centimetre; who was put elsewhere was not wrong
     */
    public record Prediction(int predicting, double correctionsPerMinute, double correctionMetresMax) {}

    /** @param snapshotsMin of the bot that got the fewest */
    public record Rates(double snapshots, double snapshotsMin, double bytes) {}

    /** In milliseconds. */
    public record Quantiles(double p50, double p99) {
        static Quantiles of(Percentiles percentiles) {
            return new Quantiles(percentiles.millisAt(0.50), percentiles.millisAt(0.99));
        }
    }

    public BotReport {
        errorsByKind = new TreeMap<>(errorsByKind);
    }

    public long errors() {
        return errorsByKind.values().stream().mapToLong(Long::longValue).sum();
    }

    /** One JSON object on one line. */
    public String toJson() {
        return String.format(
                Locale.ROOT,
                "{\"clientsJoined\":%d,\"errors\":%d,\"snapshotsPerSecondPerClient\":%.3f,\"minSnapshotsPerSecond\":%.3f,"
                        + "\"bytesPerClientSecond\":%.1f,\"rttMillisP50\":%.3f,\"rttMillisP99\":%.3f,"
                        + "\"stalenessMillisP50\":%.3f,\"stalenessMillisP99\":%.3f,\"link\":\"%s\",%s\"errorsByKind\":%s}",
                clientsJoined,
                errors(),
                rates.snapshots,
                rates.snapshotsMin,
                rates.bytes,
                roundTrips.p50,
                roundTrips.p99,
                staleness.p50,
                staleness.p99,
                link, // names and numbers: nothing to escape
                predictionJson(),
                errorsByKind.entrySet().stream().map(BotReport::member).collect(Collectors.joining(",", "{", "}")));
    }

    /** A few lines for people. */
    public String toText() {
        return String.format(
                Locale.ROOT,
                """
                joined      %d
                snapshots   %.1f/s per client (least %.1f/s)
                bytes       %.1f kB/s per client
                round trip  p50 %.1f ms, p99 %.1f ms
                staleness   p50 %.1f ms, p99 %.1f ms
                link        %s
                %serrors      %d %s""",
                clientsJoined,
                rates.snapshots,
                rates.snapshotsMin,
                rates.bytes / 1000,
                roundTrips.p50,
                roundTrips.p99,
                staleness.p50,
                staleness.p99,
                link,
                predictionText(),
                errors(),
                errorsByKind.isEmpty() ? "" : errorsByKind);
    }

    private String predictionJson() {
        Prediction known = prediction;
        return known == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        "\"predicting\":%d,\"correctionsPerMinute\":%.3f,\"correctionMetresMax\":%.3f,",
                        known.predicting,
                        known.correctionsPerMinute,
                        known.correctionMetresMax);
    }

    private String predictionText() {
        Prediction known = prediction;
        return known == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        "predicted   %d, %.1f corrections a minute each, the largest %.2f m\n",
                        known.predicting,
                        known.correctionsPerMinute,
                        known.correctionMetresMax);
    }

    private static String member(Map.Entry<String, Long> entry) {
        // Kinds are names of constants: nothing to escape.
        return "\"" + entry.getKey() + "\":" + entry.getValue();
    }
}
