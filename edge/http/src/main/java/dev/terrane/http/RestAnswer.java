package dev.terrane.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Sends bodies; never cached, for all of them are of the moment. */
final class RestAnswer {
    private RestAnswer() {}

    static void json(RoutingContext context, int status, JsonObject body) {
        text(context, status, "application/json", body.encode());
    }

    static void text(RoutingContext context, int status, String contentType, String body) {
        if (context.response().ended() || context.response().closed()) {
            return;
        }
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, contentType)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(body);
    }
}
