package dev.terrane.server.cli;

import dev.terrane.cell.WorldSchema;
import dev.terrane.json.JsonTree;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.server.config.ModuleConfig;
import dev.terrane.server.plugins.PluginLoader;
import dev.terrane.server.types.WorldTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The types of a game in a jar, loaded as servers load it. Nothing of it is started. */
final class WorldTypesInJar {
    private WorldTypesInJar() {}

    /**
     * @param name of the game; null: the only one
     * @throws UnusableException saying which games there are
     * @throws dev.terrane.server.plugins.PluginException if it cannot be loaded
     * @throws IllegalArgumentException if what it declares cannot be
     */
    static JsonTree read(Path jar, @Nullable String name) {
        if (!Files.isRegularFile(jar)) {
            throw new UnusableException(jar + " is neither a jar nor a URL that begins with http:// or https://");
        }
        List<String> games = PluginLoader.gamesIn(jar);
        if (games.isEmpty()) {
            throw new UnusableException(jar + " is no plugin with a game: it has no service "
                    + WorldPlugin.class.getName() + " (META-INF/services)");
        }
        if (name == null && games.size() > 1) {
            throw new UnusableException(jar + " offers the games " + games + "; say which: --world-name");
        }
        String game = name == null ? games.getFirst() : name;
        if (!games.contains(game)) {
            throw new UnusableException(jar + " offers no game '" + game + "', but " + games);
        }
        List<WorldPlugin> plugins =
                PluginLoader.load(game, List.of(new ModuleConfig(game, jar.toString(), "world", Map.of())))
                        .worlds()
                        .stream()
                        .map(source -> source.fresh().get())
                        .toList();
        try {
            return JsonTree.read(WorldTypes.json(plugins, WorldSchema.of(plugins)));
        } catch (IOException e) {
            throw new UncheckedIOException("what was just written is JSON", e);
        }
    }
}
