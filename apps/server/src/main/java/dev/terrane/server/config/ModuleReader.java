package dev.terrane.server.config;

import io.smallrye.config.source.yaml.YamlConfigSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Reads the list of modules: from the config file, or from the file that {@value #VARIABLE} names, an array or {@code {modules: [...]}} in JSON or YAML (R12).
 */
final class ModuleReader {
    static final String VARIABLE = "TERRANE_MODULES_CONFIG_FILE";
    private static final Set<String> TARGETS = Set.of("gateway", "world", "job", "all");

    private final List<String> mistakes;

    ModuleReader(List<String> mistakes) {
        this.mistakes = mistakes;
    }

    List<ModuleConfig> read(
            @Nullable YamlConfigSource yaml, @Nullable Path configFile, Map<String, String> environment) {
        String named = environment.get(VARIABLE);
        Path file = named != null ? Path.of(named) : yaml != null ? configFile : null;
        if (file == null) {
            return List.of();
        }
        try {
            Object root = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
            Object list = root instanceof Map<?, ?> map ? map.get("modules") : root;
            if (list == null && named == null) {
                return List.of();
            }
            return modules(list, file);
        } catch (IOException e) {
            mistakes.add("modules file " + file + " cannot be read: " + e.getMessage());
        } catch (RuntimeException e) {
            mistakes.add("modules file " + file + " is neither JSON nor YAML: " + e.getMessage());
        }
        return List.of();
    }

    private List<ModuleConfig> modules(@Nullable Object list, Path file) {
        if (!(list instanceof List<?> items)) {
            mistakes.add("modules in " + file + " must be a list, or an object with a list 'modules'");
            return List.of();
        }
        List<ModuleConfig> found = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            String where = "modules[" + i + "] in " + file;
            if (!(items.get(i) instanceof Map<?, ?> item)) {
                mistakes.add(where + " must be an object with name, entry, target and options");
                continue;
            }
            module(item, where, file, found);
        }
        return found;
    }

    private void module(Map<?, ?> item, String where, Path file, List<ModuleConfig> into) {
        String name = text(item, "name");
        String entry = text(item, "entry");
        String target = item.get("target") == null ? "world" : text(item, "target");
        if (name.isEmpty() || entry.isEmpty()) {
            mistakes.add(where + " needs a name and an entry");
        }
        if (!TARGETS.contains(target)) {
            mistakes.add(where + ".target = '" + target + "' must be one of gateway, world, job, all");
        }
        Map<String, String> options = new TreeMap<>();
        if (item.get("options") instanceof Map<?, ?> given) {
            given.forEach((key, value) -> options.put(String.valueOf(key), String.valueOf(value)));
        }
        into.add(new ModuleConfig(name, resolve(entry, file), target, options));
    }

    /** A path that is relative to the file becomes absolute; class names and Maven coordinates stay as they are. */
    private static String resolve(String entry, Path file) {
        boolean path =
                entry.startsWith("./") || entry.startsWith("../") || entry.startsWith("/") || entry.endsWith(".jar");
        return path ? file.toAbsolutePath().resolveSibling(entry).normalize().toString() : entry;
    }

    private static String text(Map<?, ?> item, String key) {
        Object value = item.get(key);
        return value == null ? "" : value.toString();
    }
}
