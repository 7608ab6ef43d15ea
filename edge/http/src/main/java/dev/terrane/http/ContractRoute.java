package dev.terrane.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code GET /openapi.json}: the description of all routes, kept beside this class. On any loop. */
final class ContractRoute {
    private static final String RESOURCE = "openapi.json";

    /** Where the resource has the metrics. */
    private static final String METRICS = "/metrics";

    private final String document;

    ContractRoute(RestPaths paths) {
        this.document = document(paths).encodePrettily();
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
