package dev.terrane.http;

import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What never changes of a world while the server runs, for whoever makes clients of it: {@code GET /worlds/NAME/rule.wasm}, the module by which it moves avatars, and
 * {@code GET /worlds/NAME/schema}, its types. Sent as static files, with their ETags. On any loop.
 */
final class WorldFileRoutes {
    private final ServerReport report;
    /** By path. */
    private final Map<String, SiteFile> files = new ConcurrentHashMap<>();

    WorldFileRoutes(ServerReport report) {
        this.report = report;
    }

    List<RestRoute> routes() {
        return List.of(
                route("rule.wasm", "rule.wasm", report::movementRule, "that has a movement rule"),
                route("schema", "schema.json", report::types, "whose types are told here"));
    }

    /** @param file whose ending says what it is */
    private RestRoute route(String path, String file, Function<String, Optional<byte[]>> content, String having) {
        return new RestRoute(HttpMethod.GET, "/worlds/:world/" + path, true, context -> {
            String world = context.pathParam("world");
            String place = world + "/" + file;
            SiteFile known = files.get(place);
            if (known == null) {
                Optional<byte[]> fresh = content.apply(world);
                if (fresh.isEmpty()) {
                    RestError.send(context, 404, "not_found", "there is no world of this name " + having);
                    return;
                }
                known = SiteFiles.of(file, fresh.get());
                files.put(place, known);
            }
            SiteHandler.send(context, known);
        });
    }
}
