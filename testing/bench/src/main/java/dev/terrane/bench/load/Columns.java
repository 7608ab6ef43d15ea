package dev.terrane.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What people see of a point: a table per kind of scenario. */
enum Columns {
    PLAY(List.of(
            new Column("snap/s", "snapshotsPerSecondPerClient", "%.2f", 1),
            new Column("µs/client·s", "serverMicrosPerClientSecond", "%.0f", 1),
            new Column("kB/s", "bytesPerClientSecond", "%.2f", 1e-3),
            new Column("B/update", "bytesPerEntityUpdate", "%.2f", 1),
            new Column("seen", "entitiesVisible", "%.0f", 1),
            new Column("stale50", "stalenessMillisP50", "%.1f", 1),
            new Column("stale99", "stalenessMillisP99", "%.1f", 1),
            new Column("server", "serverCores", "%.2f", 1),
            new Column("bots", "botCores", "%.2f", 1),
            new Column("stolen", "stolenCores", "%.2f", 1),
            new Column("floor×", "floorRatio", "%.2f", 1),
            new Column("sys", "systemTimeShare", "%.2f", 1))),
    BORDER(List.of(
            new Column("handoffs/s", "handoffsPerSecond", "%.0f", 1),
            new Column("late50", "handoffLatencyTicksP50", "%.0f", 1),
            new Column("late99", "handoffLatencyTicksP99", "%.0f", 1),
            new Column("late99.9", "handoffLatencyTicksP999", "%.0f", 1),
            new Column("lateMax", "handoffLatencyTicksMax", "%.0f", 1),
            new Column("tick99 ms", "tickMillisP99", "%.1f", 1),
            new Column("snap/s", "snapshotsPerSecondPerClient", "%.2f", 1),
            new Column("server", "serverCores", "%.2f", 1),
            new Column("stolen", "stolenCores", "%.2f", 1))),
    IDLE(List.of(
            new Column("µs/client·s", "serverMicrosPerClientSecond", "%.2f", 1),
            new Column("heap B", "heapBytesPerConnection", "%.0f", 1),
            new Column("direct B", "directBytesPerConnection", "%.0f", 1),
            new Column("RSS B", "residentBytesPerConnection", "%.0f", 1),
            new Column("server", "serverCores", "%.3f", 1),
            new Column("stolen", "stolenCores", "%.2f", 1))),
    LAYERS(List.of(
            new Column("layers", "layers", "%.0f", 1),
            new Column("ghosts", "ghosts", "%.0f", 1),
            new Column("tick50 ms", "tickMillisP50", "%.2f", 1),
            new Column("tick99 ms", "tickMillisP99", "%.2f", 1),
            new Column("mean ms", "tickMillisMean", "%.2f", 1),
            new Column("M ent·tick/s", "entityTicksPerSecond", "%.2f", 1e-6),
            new Column("server", "serverCores", "%.3f", 1),
            new Column("hits/s", "hitsPerSecond", "%.0f", 1),
            new Column("ghost kB/s", "ghostBytesPerSecond", "%.0f", 1e-3)));

    private static final int WIDTH = 12;

    private final List<Column> columns;

    /** @param scale from the unit of the point to that of the column */
    private record Column(String title, String key, String format, double scale) {
        String of(Point point) {
            double value = point.number(key);
            return Double.isFinite(value) ? String.format(Locale.ROOT, format, value * scale) : "-";
        }
    }

    Columns(List<Column> columns) {
        this.columns = columns;
    }

    static Columns of(String scenario) {
        return switch (scenario) {
            case "border" -> BORDER;
            case "idle" -> IDLE;
            case "layers" -> LAYERS;
            default -> PLAY;
        };
    }

    String titles() {
        return line(
                "",
                LAYERS == this ? "entities" : "clients",
                columns.stream().map(Column::title).toList());
    }

    String row(Point point) {
        return line(
                        point.scenario(),
                        Integer.toString(point.clients()),
                        columns.stream().map(column -> column.of(point)).toList())
                + (point.counts() ? "" : "  does not count: " + String.join(", ", point.doubts()));
    }

    private static String line(String first, String second, List<String> rest) {
        List<String> words = new ArrayList<>(List.of(String.format(Locale.ROOT, "%-7s %8s", first, second)));
        rest.forEach(word -> words.add(String.format(Locale.ROOT, "%" + WIDTH + "s", word)));
        return String.join(" ", words);
    }
}
