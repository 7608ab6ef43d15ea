package dev.terrane.server.cli.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * What a role's JVM has learned of one build, kept beside its jar: classes loaded and linked, and profiles, by which compilers know at once what is worth their time (JEP 483, 514, 515).
 * A JVM that is given one which does not fit says so and starts without it.
 */
public final class WarmCache {
    private static final String FOLDER = "warm";
    /** What is being learned has this behind its name, until all of it is there. */
    private static final String NEW = ".new";

    private WarmCache() {}

    /**
     * Where those of all roles are, or will be.
     *
     * @return empty if the build is no jar: of classes in folders nothing can be kept
     */
    public static Optional<Path> folder(String classPath) {
        Path first = first(classPath);
        return first.toString().endsWith(".jar")
                ? Optional.of(first.toAbsolutePath().resolveSibling(FOLDER))
                : Optional.empty();
    }

    /** @param word of the role, as on the command line */
    public static Path file(Path folder, String word) {
        return folder.resolve(word + ".aot");
    }

    private static Path first(String classPath) {
        return Path.of(classPath.split(File.pathSeparator, 2)[0]);
    }

    private static Optional<Path> of(String classPath, String word) {
        return folder(classPath).map(folder -> file(folder, word));
    }

    /** What a JVM is told so that it uses it; nothing if there is none, or an older one than the build. */
    static List<String> use(String classPath, String word) {
        return of(classPath, word)
                .filter(cache -> isNewer(cache, first(classPath)))
                .map(cache -> List.of("-XX:AOTCache=" + cache))
                .orElse(List.of());
    }

    /** What a JVM is told so that it makes one when it ends. It is not used before {@link #keep}. */
    static List<String> learn(String classPath, String word) {
        return of(classPath, word)
                .map(cache -> List.of("-XX:AOTCacheOutput=" + unfinished(cache)))
                .orElse(List.of());
    }

    /** Nothing is being learned in this folder any more, or not yet. What was kept before stays. */
    public static void forget(Path folder, List<String> words) throws IOException {
        for (String word : words) {
            Files.deleteIfExists(unfinished(file(folder, word)));
        }
    }

    /**
     * What was learned is used from now on.
     *
     * @return the roles of which nothing was; if there are any, nothing is kept of the others either
     */
    public static List<String> keep(Path folder, List<String> words) throws IOException {
        List<String> lacking = words.stream()
                .filter(word -> !Files.isRegularFile(unfinished(file(folder, word))))
                .toList();
        if (lacking.isEmpty()) {
            for (String word : words) {
                Path cache = file(folder, word);
                Files.move(
                        unfinished(cache), cache, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return lacking;
    }

    private static Path unfinished(Path cache) {
        return cache.resolveSibling(cache.getFileName() + NEW);
    }

    private static boolean isNewer(Path cache, Path jar) {
        try {
            return Files.isRegularFile(cache)
                    && Files.getLastModifiedTime(cache).compareTo(Files.getLastModifiedTime(jar)) >= 0;
        } catch (IOException away) {
            return false; // it is only faster with it
        }
    }
}
