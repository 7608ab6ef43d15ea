package dev.terrane.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** The one shape of an error of REST: {@code {error_code, reason, retry_after?}}; retry_after in seconds, as in the Retry-After header. */
final class RestError {
    private RestError() {}

    static void send(RoutingContext context, int status, String code, String reason) {
        send(context, status, code, reason, 0);
    }

    static void send(RoutingContext context, int status, String code, String reason, int retryAfterSeconds) {
        if (context.response().ended() || context.response().headWritten()) {
            return;
        }
        JsonObject body = new JsonObject().put("error_code", code).put("reason", reason);
        if (retryAfterSeconds > 0) {
            body.put("retry_after", retryAfterSeconds);
            context.response().putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(retryAfterSeconds));
        }
        RestAnswer.json(context, status, body);
    }
}
