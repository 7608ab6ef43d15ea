package dev.terrane.bench.load;

import dev.terrane.bench.load.os.Machine;
import java.io.PrintStream;
import java.util.Locale;

/** Prints points as they come: a JSON object per line, or a table for people. */
final class Report {
    private static final String ROW = "%-7s %7s %7s %10s %10s %9s %8s %8s %7s %6s %7s %6s %s%n";

    private final PrintStream out;
    private final boolean json;
    private final Machine machine;
    private boolean begun;

    Report(PrintStream out, boolean json, Machine machine) {
        this.out = out;
        this.json = json;
        this.machine = machine;
    }

    void print(Point point) {
        if (json) {
            out.println(toJson(point));
            return;
        }
        if (!begun) {
            begun = true;
            out.println(machine.description() + ", commit " + machine.commit());
            out.printf(
                    ROW,
                    "",
                    "clients",
                    "snap/s",
                    "µs/client·s",
                    "kB/s",
                    "B/update",
                    "stale50",
                    "stale99",
                    "server",
                    "bots",
                    "floor×",
                    "sys",
                    "");
        }
        out.printf(
                ROW,
                point.scenario(),
                point.clients(),
                number(point, "snapshotsPerSecondPerClient", "%.2f", 1),
                number(point, "serverMicrosPerClientSecond", "%.0f", 1),
                number(point, "bytesPerClientSecond", "%.2f", 1e-3),
                number(point, "bytesPerEntityUpdate", "%.2f", 1),
                number(point, "stalenessMillisP50", "%.1f", 1),
                number(point, "stalenessMillisP99", "%.1f", 1),
                number(point, "serverCores", "%.2f", 1),
                number(point, "botCores", "%.2f", 1),
                number(point, "floorRatio", "%.2f", 1),
                number(point, "systemTimeShare", "%.2f", 1),
                point.counts() ? "" : "does not count: " + String.join(", ", point.doubts()));
    }

    private static String number(Point point, String key, String format, double scale) {
        double value = point.number(key);
        return Double.isFinite(value) ? String.format(Locale.ROOT, format, value * scale) : "-";
    }

    private String toJson(Point point) {
        JsonLine line = new JsonLine().text("scenario", point.scenario()).number("clients", point.clients());
        point.numbers().forEach(line::number);
        return line.bool("held", point.held())
                .bool("counts", point.counts())
                .texts("doubts", point.doubts())
                .text("machine", machine.description())
                .text("commit", machine.commit())
                .end();
    }
}
