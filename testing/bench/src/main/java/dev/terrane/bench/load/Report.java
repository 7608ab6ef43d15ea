package dev.terrane.bench.load;

import dev.terrane.bench.load.os.Machine;
import java.io.PrintStream;

/** Prints points as they come: a JSON object per line, or a table for people. */
final class Report {
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
        Columns columns = Columns.of(point.scenario());
        if (!begun) {
            begun = true;
            out.println(machine.description() + ", commit " + machine.commit());
            out.println(columns.titles());
        }
        out.println(columns.row(point));
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
