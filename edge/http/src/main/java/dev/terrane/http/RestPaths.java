package dev.terrane.http;

import java.util.List;

/**
 * Where the routes live.
 *
 * @param prefix of the operations for clients
 * @param metrics of the numbers for Prometheus
 * @param admin prefix kept for administration: nothing else is ever served under it
 */
public record RestPaths(String prefix, String metrics, String admin) {
    public static RestPaths defaults() {
        return new RestPaths("/api/v1", "/metrics", "/admin");
    }

    void addMistakes(List<String> found) {
        Range.checkPath(found, "server.restPrefix", prefix);
        Range.checkPath(found, "server.metricsPath", metrics);
        Range.checkPath(found, "server.adminPrefix", admin);
        apart(found, "server.metricsPath", metrics, "server.restPrefix", prefix);
        apart(found, "server.metricsPath", metrics, "server.adminPrefix", admin);
        apart(found, "server.restPrefix", prefix, "server.adminPrefix", admin);
        apart(found, "server.adminPrefix", admin, "server.restPrefix", prefix);
    }

    /** Says so when the path lies under the prefix: one of the two would never be reached. */
    static void apart(List<String> found, String key, String path, String prefixKey, String prefix) {
        if ((path + "/").startsWith(prefix + "/")) {
            found.add("%s = %s lies under %s = %s; choose a path outside it".formatted(key, path, prefixKey, prefix));
        }
    }
}
