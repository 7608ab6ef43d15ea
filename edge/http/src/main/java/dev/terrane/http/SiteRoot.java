package dev.terrane.http;

import java.util.List;

/**
 * A folder of static files.
 *
 * @param mount path under which it is served, with a slash at both ends: {@code /} or {@code /canvas/}
 * @param folder a directory, or {@code classpath:} and the name of a resource folder that holds an index.html
 */
public record SiteRoot(String mount, String folder) {
    static final String CLASSPATH = "classpath:";

    void addMistakes(List<String> found) {
        if (!mount.matches("/|(/[A-Za-z0-9._~-]+)+/")) {
            found.add("server.sites has mount %s; write / or a path with a slash at both ends, as /canvas/"
                    .formatted(mount));
        }
        if (folder.isBlank()) {
            found.add("server.sites has no folder for mount %s".formatted(mount));
        }
    }
}
