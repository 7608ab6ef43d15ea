package dev.terrane.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** {@code GET /worlds/NAME/rule.wasm}: the module by which the world moves avatars, for clients that go ahead of it. Sent as a static file, with its ETag. On any loop. */
final class RuleRoute {
    private static final String FILE = "rule.wasm";

    private final ServerReport report;
    /** By world. A rule never changes while the server runs. */
    private final Map<String, SiteFile> files = new ConcurrentHashMap<>();

    RuleRoute(ServerReport report) {
        this.report = report;
    }

    List<RestRoute> routes() {
        return List.of(new RestRoute(HttpMethod.GET, "/worlds/:world/" + FILE, true, this::rule));
    }

    private void rule(RoutingContext context) {
        String world = context.pathParam("world");
        SiteFile known = files.get(world);
        if (known == null) {
            Optional<byte[]> module = report.movementRule(world);
            if (module.isEmpty()) {
                RestError.send(context, 404, "not_found", "there is no world of this name that has a movement rule");
                return;
            }
            known = SiteFiles.of(FILE, module.get());
            files.put(world, known);
        }
        SiteHandler.send(context, known);
    }
}
