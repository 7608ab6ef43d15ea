package dev.terrane.server.config;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All keys there are, found once in the records' annotations. */
final class ConfigKeys {
    /** One key: {@code path} is what stands in the file, {@code section} the path of its record. */
    record Entry(String path, String section, Class<?> type, Key key) {
        /** The environment variable that overrides it. */
        String variable() {
            return "TERRANE_"
                    + path.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                            .replace('.', '_')
                            .toUpperCase(Locale.ROOT);
        }
    }

    private ConfigKeys() {}

    static List<Entry> all() {
        List<Entry> found = new ArrayList<>();
        collect("", TerraneConfig.class, found);
        return found;
    }

    private static void collect(String prefix, Class<?> section, List<Entry> into) {
        for (RecordComponent component : section.getRecordComponents()) {
            String path = prefix.isEmpty() ? component.getName() : prefix + "." + component.getName();
            Key key = component.getAnnotation(Key.class);
            if (key != null) {
                into.add(new Entry(path, prefix, component.getType(), key));
            } else if (component.getType().isRecord()) {
                collect(path, component.getType(), into);
            }
        }
    }
}
