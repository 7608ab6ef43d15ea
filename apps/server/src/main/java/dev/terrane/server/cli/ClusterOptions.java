package dev.terrane.server.cli;

import dev.terrane.server.cli.cluster.ClusterFacts;
import dev.terrane.server.cli.cluster.ClusterWish;
import dev.terrane.server.config.ConfigLoader;
import dev.terrane.server.config.TerraneConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which local cluster a command means, and the settings that its nodes have in common. */
final class ClusterOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data/cluster",
            description = "Folder of the cluster (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("data/cluster");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "YAML file with the nodes' settings (docs/CONFIG.md).")
    private @Nullable Path config;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Any key of the nodes, for example --set world.linger=10.")
    private Map<String, String> others = new LinkedHashMap<>();

    Path folder() {
        return folder.toAbsolutePath().normalize();
    }

    /** @throws dev.terrane.server.config.ConfigException with all mistakes */
    ClusterWish.Settings settings(Map<String, String> flags) {
        Map<String, String> set = new LinkedHashMap<>(others);
        set.putAll(flags);
        Path file = config == null ? null : config.toAbsolutePath().normalize();
        return new ClusterWish.Settings(
                file, set, ConfigLoader.load(file, System.getenv(), set).config());
    }

    /** Settings as the running cluster was given them, where nobody says otherwise. */
    TerraneConfig config(ClusterFacts running) {
        Path file = config != null ? config : running.config().isEmpty() ? null : Path.of(running.config());
        return ConfigLoader.load(file, System.getenv(), others).config();
    }
}
