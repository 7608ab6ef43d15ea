package dev.terrane.server.plugins;

import dev.terrane.plugin.JobPlugin;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.server.config.ModuleConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns the game's name and the configured modules into plugins. Used at start, by one thread. */
public final class PluginLoader {
    private static final Pattern NAME_WITH_JOBS = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    private static final Pattern MAVEN_COORDINATE = Pattern.compile("[\\w.-]+:[\\w.-]+:[\\w.-]+");

    private static final String GAMES = "META-INF/services/" + WorldPlugin.class.getName();

    private PluginLoader() {}

    /**
     * The game first, then the other modules in their order. A module that has the game's name supplies its options (and, by its entry, its code).
     *
     * @throws PluginException naming the module that cannot be used
     */
    public static Plugins load(String game, List<ModuleConfig> modules) {
        List<PluginSource> worlds = new ArrayList<>();
        List<JobSource> jobs = new ArrayList<>();
        boolean gamePlays = false;
        boolean gameAmongModules = false;
        for (ModuleConfig module : modules) {
            if (module.target().equals("gateway")) {
                throw new PluginException(
                        "module '" + module.name()
                                + "' has the target gateway; this version runs modules in worlds and jobs only (target world, job or all)");
            }
            Sides sides = sides(module);
            boolean isGame = module.name().equals(game);
            gameAmongModules |= isGame;
            if (sides.world != null) {
                PluginSource source = new PluginSource(module.name(), sides.world, module.options());
                worlds.add(isGame ? 0 : worlds.size(), source);
                gamePlays |= isGame;
            }
            if (sides.job != null) {
                addJobs(jobs, new JobSource(module.name(), sides.job, module.options()));
            }
        }
        if (!gamePlays) {
            Sides sides = offered(game, PluginLoader.class.getClassLoader(), "the class path", "world");
            worlds.addFirst(new PluginSource(game, Objects.requireNonNull(sides.world), Map.of()));
            if (!gameAmongModules && sides.job != null) {
                addJobs(jobs, new JobSource(game, sides.job, Map.of()));
            }
        }
        return new Plugins(List.copyOf(worlds), List.copyOf(jobs));
    }

    /**
     * Names of the games that a jar itself offers, as {@link WorldPlugin#name} says them; empty if it offers none.
     *
     * @throws PluginException if it cannot be read, or lists one that cannot be loaded
     */
    public static List<String> gamesIn(Path jar) {
        URLClassLoader loader = loaderOf(jar.getFileName().toString(), jar);
        try (InputStream listed = loader.findResource(GAMES) == null
                ? InputStream.nullInputStream()
                : loader.findResource(GAMES).openStream()) {
            String own = new String(listed.readAllBytes(), StandardCharsets.UTF_8);
            return ServiceLoader.load(WorldPlugin.class, loader).stream()
                    .filter(provider -> own.lines()
                            .anyMatch(
                                    line -> line.strip().equals(provider.type().getName())))
                    .map(provider -> provider.get().name())
                    .toList();
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new PluginException("%s lists a game that cannot be loaded: %s".formatted(jar, e.getMessage()), e);
        } catch (IOException e) {
            throw new PluginException("%s cannot be read: %s".formatted(jar, e.getMessage()), e);
        }
    }

    private static void addJobs(List<JobSource> jobs, JobSource source) {
        if (!NAME_WITH_JOBS.matcher(source.name()).matches()) {
            throw new PluginException(
                    "module '" + source.name()
                            + "' has jobs, and its name becomes part of theirs: write small letters, digits and dashes, at most 32");
        }
        if (jobs.stream().anyMatch(other -> other.name().equals(source.name()))) {
            throw new PluginException(
                    "there are two modules '" + source.name() + "' with jobs; give each its own name");
        }
        jobs.add(source);
    }

    /** What a plugin offers; at least one of both. */
    private record Sides(
            @Nullable Supplier<WorldPlugin> world, @Nullable Supplier<JobPlugin> job) {}

    /** Those sides that the module's target wants, each of which it must have; of target all, those that there are. */
    private static Sides sides(ModuleConfig module) {
        String entry = module.entry();
        if (entry.endsWith(".jar")) {
            return fromJar(module, Path.of(entry));
        }
        if (MAVEN_COORDINATE.matcher(entry).matches()) {
            return fromJar(module, localRepository(module, entry));
        }
        try {
            return fromClass(module, Class.forName(entry));
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

    private static Sides fromClass(ModuleConfig module, Class<?> type) {
        boolean world = !module.target().equals("job") && WorldPlugin.class.isAssignableFrom(type);
        boolean job = !module.target().equals("world") && JobPlugin.class.isAssignableFrom(type);
        if (!world && !job) {
            throw new PluginException("module '%s': %s does not implement %s"
                    .formatted(
                            module.name(),
                            type.getName(),
                            module.target().equals("job") ? JobPlugin.class.getName() : WorldPlugin.class.getName()));
        }
        return new Sides(
                world ? maker(module.name(), type, WorldPlugin.class) : null,
                job ? maker(module.name(), type, JobPlugin.class) : null);
    }

    private static Sides fromJar(ModuleConfig module, Path jar) {
        Sides sides = offered(module.name(), loaderOf(module.name(), jar), jar.toString(), module.target());
        return module.target().equals("world") ? new Sides(sides.world, null) : sides;
    }

    private static URLClassLoader loaderOf(String module, Path jar) {
        if (!Files.isReadable(jar)) {
            throw new PluginException("module '%s': %s cannot be read".formatted(module, jar));
        }
        try {
            return new URLClassLoader(module, new URL[] {jar.toUri().toURL()}, WorldPlugin.class.getClassLoader());
        } catch (MalformedURLException e) {
            throw new PluginException("module '%s': %s is no usable path".formatted(module, jar), e);
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

    /** @param target the side that must be there: world, job; all: any */
    private static Sides offered(String name, ClassLoader loader, String where, String target) {
        List<String> others = new ArrayList<>();
        try {
            Supplier<WorldPlugin> world =
                    target.equals("job") ? null : offered(name, loader, WorldPlugin.class, WorldPlugin::name, others);
            Supplier<JobPlugin> job = offered(name, loader, JobPlugin.class, JobPlugin::name, others);
            if (world == null && (job == null || target.equals("world"))) {
                throw new PluginException("no %s '%s' in %s, which offers %s"
                        .formatted(target.equals("job") ? "plugin with jobs" : "game", name, where, others));
            }
            return new Sides(world, job);
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new PluginException(
                    "module '%s': %s lists a game that cannot be loaded: %s".formatted(name, where, e.getMessage()), e);
        }
    }

    private static <T> @Nullable Supplier<T> offered(
            String name, ClassLoader loader, Class<T> kind, Function<T, String> nameOf, List<String> others) {
        for (ServiceLoader.Provider<T> provider :
                ServiceLoader.load(kind, loader).stream().toList()) {
            String found = nameOf.apply(provider.get());
            if (found.equals(name)) {
                return maker(name, provider.type(), kind);
            }
            others.add(found);
        }
        return null;
    }

    private static <T> Supplier<T> maker(String name, Class<?> type, Class<T> kind) {
        return () -> {
            try {
                return kind.cast(type.getConstructor().newInstance());
            } catch (ReflectiveOperationException e) {
                throw new PluginException(
                        "module '%s': %s has no public constructor without arguments that succeeds"
                                .formatted(name, type.getName()),
                        e);
            }
        };
    }
}
