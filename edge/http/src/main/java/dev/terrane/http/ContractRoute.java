package dev.terrane.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** {@code GET /openapi.json}: the description of all routes: the door's own, kept beside this class, and those that the server adds. On any loop. */
final class ContractRoute {
    private static final String RESOURCE = "openapi.json";

    /** Where the resource has the metrics. */
    private static final String METRICS = "/metrics";

    private final String document;

    /** @throws IllegalArgumentException naming each operation that is added and not described, or is there already */
    ContractRoute(RestPaths paths, ApiRoutes added) {
        JsonObject whole = document(paths);
        JsonObject more = new JsonObject();
        added.contracts().forEach(contract -> more.mergeIn(new JsonObject(contract), true));
        added.routes().forEach(route -> check(route.method(), route.path(), more, whole));
        added.admin().forEach(route -> check(route.method(), route.path(), more, whole));
        whole.getJsonObject("paths").mergeIn(part(more, "paths"), true);
        JsonObject schemas = part(part(more, "components"), "schemas");
        whole.getJsonObject("components").getJsonObject("schemas").mergeIn(schemas);
        this.document = whole.encodePrettily();
    }

    private static void check(ApiRoute.Method operation, String path, JsonObject more, JsonObject whole) {
        String written = path.replaceAll(":(\\w+)", "{$1}");
        String method = operation.name().toLowerCase(Locale.ROOT);
        if (!part(part(more, "paths"), written).containsKey(method)) {
            throw new IllegalArgumentException(method + " " + written + " is not described in its OpenAPI document");
        }
        if (part(part(whole, "paths"), written).containsKey(method)) {
            throw new IllegalArgumentException(method + " " + written + " is an operation of the door already");
        }
    }

    private static JsonObject part(JsonObject whole, String name) {
        return whole.getJsonObject(name, new JsonObject());
    }

    List<RestRoute> routes() {
        return List.of(new RestRoute(
                HttpMethod.GET,
                "/openapi.json",
                true,
                context -> RestAnswer.text(context, 200, "application/json", document)));
    }

    /** The document with the server's real paths. */
    static JsonObject document(RestPaths paths) {
        try (InputStream in = ContractRoute.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the build");
            }
            JsonObject document = new JsonObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            JsonObject operations = document.getJsonObject("paths");
            operations.put(paths.metrics(), operations.remove(METRICS));
            return document.put("servers", new JsonArray().add(new JsonObject().put("url", paths.prefix())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
