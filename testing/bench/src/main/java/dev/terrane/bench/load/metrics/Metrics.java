package dev.terrane.bench.load.metrics;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;

/** Numbers in Prometheus' text format. */
public final class Metrics {
    private final List<String> lines;

    private Metrics(List<String> lines) {
        this.lines = lines;
    }

    public static Metrics parse(String text) {
        return new Metrics(text.lines().filter(line -> !line.startsWith("#")).toList());
    }

    /** Over all labels; 0 when there is none. */
    public double sum(String name) {
        return values(name, _ -> true).sum();
    }

    /** Over all that have this label. */
    public double sum(String name, String label, String value) {
        return values(name, line -> line.contains(label + "=\"" + value + "\"")).sum();
    }

    /** The largest of all that have this label; NaN when there is none. */
    public double max(String name, String label, String value) {
        return values(name, line -> line.contains(label + "=\"" + value + "\""))
                .max()
                .orElse(Double.NaN);
    }

    /** How many labelled values are above this. */
    public int countAbove(String name, double value) {
        return (int) values(name, _ -> true).filter(each -> each > value).count();
    }

    /** The values by this label. */
    public Map<String, Double> by(String name, String label) {
        Map<String, Double> values = new TreeMap<>();
        Pattern pattern = Pattern.compile(Pattern.quote(name) + "\\{.*?" + label + "=\"([^\"]*)\".*\\} (\\S+)");
        for (String line : lines) {
            Matcher matcher = pattern.matcher(line);
            if (matcher.matches()) {
                values.put(matcher.group(1), Double.valueOf(matcher.group(2)));
            }
        }
        return values;
    }

    private DoubleStream values(String name, Predicate<String> wanted) {
        return lines.stream()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(wanted)
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .filter(value -> !Double.isNaN(value));
    }
}
