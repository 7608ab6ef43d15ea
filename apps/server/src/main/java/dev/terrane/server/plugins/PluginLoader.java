package dev.terrane.server.plugins;

import dev.terrane.plugin.WorldPlugin;
import dev.terrane.server.config.ModuleConfig;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Turns the game's name and the configured modules into plugins. Used at start, by one thread. */
public final class PluginLoader {
    private static final Pattern MAVEN_COORDINATE = Pattern.compile("[\\w.-]+:[\\w.-]+:[\\w.-]+");

    private PluginLoader() {}

    /**
     * The game first, then the other world modules in their order. A module that has the game's name supplies its options (and, by its entry, its code).
     *
     * @throws PluginException naming the module that cannot be used
     */
    public static List<PluginSource> load(String game, List<ModuleConfig> modules) {
        List<PluginSource> found = new ArrayList<>();
        boolean gameAmongModules = false;
        for (ModuleConfig module : modules) {
            if (!module.target().equals("world") && !module.target().equals("all")) {
                throw new PluginException("module '" + module.name() + "' has the target " + module.target()
                        + "; this version runs modules of worlds only (target world or all)");
            }
            PluginSource source = fromEntry(module);
            if (module.name().equals(game)) {
                gameAmongModules = true;
                found.addFirst(source);
            } else {
                found.add(source);
            }
        }
        if (!gameAmongModules) {
            found.addFirst(byName(game, PluginLoader.class.getClassLoader(), Map.of(), "the class path"));
        }
        return List.copyOf(found);
    }

    private static PluginSource fromEntry(ModuleConfig module) {
        String entry = module.entry();
        if (entry.endsWith(".jar")) {
            return fromJar(module, Path.of(entry));
        }
        if (MAVEN_COORDINATE.matcher(entry).matches()) {
            return fromJar(module, localRepository(module, entry));
        }
        try {
            Class<?> type = Class.forName(entry);
            return new PluginSource(module.name(), maker(module.name(), type), module.options());
        } catch (LinkageError e) {
            throw new PluginException(
                    "module '%s': class '%s' is there but cannot be loaded: %s".formatted(module.name(), entry, e), e);
        } catch (ClassNotFoundException e) {
            throw new PluginException(
                    "module '%s': entry '%s' is neither a jar file, a Maven coordinate nor a class on the class path"
                            .formatted(module.name(), entry),
                    e);
        }
    }

    private static PluginSource fromJar(ModuleConfig module, Path jar) {
        if (!Files.isReadable(jar)) {
            throw new PluginException("module '%s': %s cannot be read".formatted(module.name(), jar));
        }
        try {
            ClassLoader loader = new URLClassLoader(
                    module.name(), new URL[] {jar.toUri().toURL()}, WorldPlugin.class.getClassLoader());
            return byName(module.name(), loader, module.options(), jar.toString());
        } catch (MalformedURLException e) {
            throw new PluginException("module '%s': %s is no usable path".formatted(module.name(), jar), e);
        }
    }

    private static Path localRepository(ModuleConfig module, String coordinate) {
        String[] parts = coordinate.split(":", -1);
        Path jar = Path.of(System.getProperty("user.home"), ".m2", "repository")
                .resolve(parts[0].replace('.', '/'))
                .resolve(parts[1])
                .resolve(parts[2])
                .resolve(parts[1] + "-" + parts[2] + ".jar");
        if (!Files.exists(jar)) {
            throw new PluginException(
                    "module '%s': %s is not in the local Maven repository; fetch it with mvn dependency:get -Dartifact=%s"
                            .formatted(module.name(), coordinate, coordinate));
        }
        return jar;
    }

    private static PluginSource byName(String name, ClassLoader loader, Map<String, String> options, String where) {
        List<String> others = new ArrayList<>();
        try {
            return offered(name, loader, options, others)
                    .orElseThrow(() ->
                            new PluginException("no game '%s' in %s, which offers %s".formatted(name, where, others)));
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new PluginException(
                    "module '%s': %s lists a game that cannot be loaded: %s".formatted(name, where, e.getMessage()), e);
        }
    }

    private static Optional<PluginSource> offered(
            String name, ClassLoader loader, Map<String, String> options, List<String> others) {
        for (ServiceLoader.Provider<WorldPlugin> provider :
                ServiceLoader.load(WorldPlugin.class, loader).stream().toList()) {
            String found = provider.get().name();
            if (found.equals(name)) {
                return Optional.of(new PluginSource(name, maker(name, provider.type()), options));
            }
            others.add(found);
        }
        return Optional.empty();
    }

    private static Supplier<WorldPlugin> maker(String name, Class<?> type) {
        if (!WorldPlugin.class.isAssignableFrom(type)) {
            throw new PluginException("module '%s': %s does not implement %s"
                    .formatted(name, type.getName(), WorldPlugin.class.getName()));
        }
        return () -> {
            try {
                return (WorldPlugin) type.getConstructor().newInstance();
            } catch (ReflectiveOperationException e) {
                throw new PluginException(
                        "module '%s': %s has no public constructor without arguments that succeeds"
                                .formatted(name, type.getName()),
                        e);
            }
        };
    }
}
