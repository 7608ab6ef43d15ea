package dev.terrane.server.cli;

import dev.terrane.server.config.ConfigLoader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say what the configuration is, shared by the commands that read it. */
final class ConfigOptions {
    @Option(names = "--config", paramLabel = "FILE", description = "YAML file with settings (docs/CONFIG.md).")
    private @Nullable Path file;

    @Option(names = "--port", paramLabel = "PORT", description = "Port to listen on (server.port); 0 takes a free one.")
    private @Nullable String port;

    @Option(names = "--data", paramLabel = "DIR", description = "Folder of everything that is kept (database.dataDir).")
    private @Nullable String data;

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description =
                    "An existing PostgreSQL instead of the embedded one: jdbc:postgresql://host/db (database.url).")
    private @Nullable String databaseUrl;

    @Option(names = "--log", paramLabel = "FORMAT", description = "pretty for people, json for machines (log.format).")
    private @Nullable String log;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Any other key, for example --set world.linger=10.")
    private Map<String, String> others = new LinkedHashMap<>();

    /** @throws dev.terrane.server.config.ConfigException with all mistakes */
    ConfigLoader.Loaded load() {
        return load(Map.of());
    }

    /** As the other, with what a command's own options say. */
    ConfigLoader.Loaded load(Map<String, String> own) {
        Map<String, String> flags = new LinkedHashMap<>(others);
        flags.putAll(own);
        put(flags, "server.port", port);
        put(flags, "database.dataDir", data);
        put(flags, "database.url", databaseUrl);
        put(flags, "log.format", log);
        return ConfigLoader.load(file, System.getenv(), flags);
    }

    private static void put(Map<String, String> flags, String key, @Nullable String value) {
        if (value != null) {
            flags.put(key, value);
        }
    }
}
