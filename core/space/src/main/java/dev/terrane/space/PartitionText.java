package dev.terrane.space;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads what {@link Partition#describe} wrote. */
final class PartitionText {
    private final String description;
    private final Map<String, String> values = new TreeMap<>();

    private PartitionText(String description) {
        this.description = description;
    }

    static Partition parse(String description) {
        return new PartitionText(description).read();
    }

    private Partition read() {
        String[] parts = description.split(";", -1);
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals < 1) {
                throw wrong("'" + parts[i] + "' is not of the form key=value");
            }
            if (values.put(parts[i].substring(0, equals), parts[i].substring(equals + 1)) != null) {
                throw wrong("'" + parts[i].substring(0, equals) + "' is given twice");
            }
        }
        try {
            Partition partition = switch (parts[0]) {
                case "strip" -> new StripPartition(count("count"), metres("width"), metres("depth"));
                case "hex" -> new HexPartition(count("columns"), count("rows"), metres("radius"));
                case "single" -> new SinglePartition(metres("width"), metres("depth"));
                default -> throw wrong("kind '" + parts[0] + "' must be strip, hex or single");
            };
            if (!values.isEmpty()) {
                throw wrong("unknown keys " + new TreeSet<>(values.keySet()));
            }
            return partition;
        } catch (UnreadableException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private int count(String key) {
        String text = take(key);
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw wrong(key + " '" + text + "' must be a whole number");
        }
    }

    private double metres(String key) {
        String text = take(key);
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw wrong(key + " '" + text + "' must be a number of metres");
        }
    }

    private String take(String key) {
        String text = values.remove(key);
        if (text == null) {
            throw wrong("'" + key + "' is missing");
        }
        return text;
    }

    private UnreadableException wrong(String what) {
        return new UnreadableException("partition '" + description + "': " + what);
    }

    /** Carries the finished sentence past the catch that adds the description to the ranges' own complaints. */
    private static final class UnreadableException extends IllegalArgumentException {
        UnreadableException(String message) {
            super(message);
        }
    }
}
