package dev.terrane.sdk.bots;

import dev.terrane.conditions.LinkConditions;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the bots got, measured from when all had joined.
 *
 * @param rates per client and second
 * @param roundTrips of pings, through the whole client
 * @param staleness age of each slice's state when it arrived
 * @param errorsByKind names of error codes, CONNECTION_LOST, NOT_JOINED
 * @param link the network that they had
 */
public record BotReport(
        int clientsJoined,
        Rates rates,
        Quantiles roundTrips,
        Quantiles staleness,
        SortedMap<String, Long> errorsByKind,
        LinkConditions link) {

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
                        + "\"stalenessMillisP50\":%.3f,\"stalenessMillisP99\":%.3f,\"link\":\"%s\",\"errorsByKind\":%s}",
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
                errors      %d %s""",
                clientsJoined,
                rates.snapshots,
                rates.snapshotsMin,
                rates.bytes / 1000,
                roundTrips.p50,
                roundTrips.p99,
                staleness.p50,
                staleness.p99,
                link,
                errors(),
                errorsByKind.isEmpty() ? "" : errorsByKind);
    }

    private static String member(Map.Entry<String, Long> entry) {
        // Kinds are names of constants: nothing to escape.
        return "\"" + entry.getKey() + "\":" + entry.getValue();
    }
}
