package dev.terrane.server.config;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.source.yaml.YamlConfigSource;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the configuration: defaults, then the file, then the environment, then flags; the later wins. */
public final class ConfigLoader {
    private static final int FILE_ORDINAL = 200;
    private static final int ENVIRONMENT_ORDINAL = 300;
    private static final int FLAG_ORDINAL = 400;

    private final List<String> mistakes = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Map<String, Origins.Entry> origins = new LinkedHashMap<>();
    private final Map<String, String> environment;

    private ConfigLoader(Map<String, String> environment) {
        this.environment = environment;
    }

    /** A usable configuration and where each value came from. */
    public record Loaded(TerraneConfig config, Origins origins) {}

    /**
     * @param file the YAML file, or null for none
     * @param flags key → value as given on the command line
     * @throws ConfigException with all mistakes
     */
    public static Loaded load(@Nullable Path file, Map<String, String> environment, Map<String, String> flags) {
        return new ConfigLoader(environment).load(file, flags);
    }

    private Loaded load(@Nullable Path file, Map<String, String> flags) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder();
        YamlConfigSource yaml = file == null ? null : readFile(file);
        if (yaml != null) {
            builder.withSources(yaml);
            refuseUnknown(yaml.getPropertyNames(), yaml.getName());
        }
        refuseUnknown(flags.keySet(), "the command line");
        builder.withSources(new PropertiesConfigSource(fromEnvironment(), "environment", ENVIRONMENT_ORDINAL));
        builder.withSources(new PropertiesConfigSource(flags, "flag", FLAG_ORDINAL));
        SmallRyeConfig merged = builder.build();

        ValueParser parser = new ValueParser(mistakes);
        for (ConfigKeys.Entry entry : ConfigKeys.all()) {
            read(entry, merged, parser);
        }
        List<ModuleConfig> modules = new ModuleReader(mistakes).read(yaml, file, environment);
        if (!mistakes.isEmpty()) {
            throw new ConfigException(mistakes);
        }
        TerraneConfig config = (TerraneConfig) build("", TerraneConfig.class, modules);
        ConfigRules.check(config, mistakes);
        if (!mistakes.isEmpty()) {
            throw new ConfigException(mistakes);
        }
        return new Loaded(config, new Origins(origins));
    }

    private void read(ConfigKeys.Entry entry, SmallRyeConfig merged, ValueParser parser) {
        ConfigValue found = merged.getConfigValue(entry.path());
        String raw = found.getValue();
        String origin = raw == null ? "default" : origin(entry, found);
        if (raw == null && entry.type() == List.class) {
            // A YAML list arrives as key[0], key[1], …
            List<String> items = new ArrayList<>();
            for (int i = 0; merged.getConfigValue(entry.path() + "[" + i + "]").getValue() != null; i++) {
                ConfigValue item = merged.getConfigValue(entry.path() + "[" + i + "]");
                items.add(item.getValue());
                origin = origin(entry, item);
            }
            raw = items.isEmpty() ? null : String.join(",", items);
        }
        Object value = parser.parse(entry, raw == null ? entry.key().fallback() : raw, origin);
        if (value != null) {
            values.put(entry.path(), value);
            origins.put(entry.path(), new Origins.Entry(shown(entry, value), origin));
        }
    }

    /** The URL of a database may carry a password, in either of two places. */
    private static String shown(ConfigKeys.Entry entry, Object value) {
        return entry.path().equals("database.url")
                ? value.toString()
                        .replaceAll("://[^/@]*@", "://(hidden)@")
                        .replaceAll("([?&]password=)[^&]*", "$1(hidden)")
                : value.toString();
    }

    private static String origin(ConfigKeys.Entry entry, ConfigValue found) {
        return switch (found.getConfigSourceOrdinal()) {
            case ENVIRONMENT_ORDINAL -> "environment " + entry.variable();
            case FLAG_ORDINAL -> "command line";
            default -> String.valueOf(found.getConfigSourceName());
        };
    }

    private @Nullable YamlConfigSource readFile(Path file) {
        try {
            return new YamlConfigSource("file " + file, Files.readString(file), FILE_ORDINAL);
        } catch (IOException e) {
            mistakes.add("file " + file + " cannot be read: " + e.getMessage());
        } catch (RuntimeException e) {
            mistakes.add("file " + file + " is not valid YAML: " + e.getMessage());
        }
        return null;
    }

    private Map<String, String> fromEnvironment() {
        Map<String, String> found = new TreeMap<>();
        for (ConfigKeys.Entry entry : ConfigKeys.all()) {
            String value = environment.get(entry.variable());
            if (value != null) {
                found.put(entry.path(), value);
            }
        }
        return found;
    }

    private void refuseUnknown(Set<String> names, String origin) {
        List<String> known =
                ConfigKeys.all().stream().map(ConfigKeys.Entry::path).toList();
        for (String name : names) {
            String path = name.replaceAll("\\[\\d+].*", "");
            if (!known.contains(path) && !path.equals("modules") && !path.isEmpty()) {
                mistakes.add(
                        "%s (from %s) is no key; the nearest is %s".formatted(path, origin, Nearest.of(path, known)));
            }
        }
    }

    private Object build(String prefix, Class<?> type, List<ModuleConfig> modules) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String path = prefix.isEmpty() ? components[i].getName() : prefix + "." + components[i].getName();
            types[i] = components[i].getType();
            if (path.equals("modules")) {
                arguments[i] = modules;
            } else if (types[i].isRecord() && !values.containsKey(path)) {
                arguments[i] = build(path, types[i], modules);
            } else {
                arguments[i] = values.get(path);
            }
        }
        try {
            return type.getDeclaredConstructor(types).newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("config section " + type.getSimpleName() + " cannot be built", e);
        }
    }
}
