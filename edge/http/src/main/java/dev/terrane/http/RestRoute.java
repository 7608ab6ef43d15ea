package dev.terrane.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/**
 * One operation of REST, as the OpenAPI document names it.
 *
 * @param prefixed lives under the REST prefix; the others at the root, where tools look for them
 */
record RestRoute(HttpMethod method, String path, boolean prefixed, Handler<RoutingContext> handler) {
    String fullPath(String prefix) {
        return prefixed ? prefix + path : path;
    }
}
