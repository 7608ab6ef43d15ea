package dev.terrane.http;

import dev.terrane.gateway.OriginRules;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** CORS for REST by the same rules as for sockets: foreign pages are refused unless they are on the list. On any loop. */
final class CrossOrigin implements Handler<RoutingContext> {
    private static final String PREFLIGHT_SECONDS = "600";

    private final OriginRules rules;

    CrossOrigin(OriginRules rules) {
        this.rules = rules;
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        HttpServerResponse response = context.response();
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        response.putHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        if (origin == null) {
            context.next();
        } else if (!rules.allows(origin, request.getHeader(HttpHeaders.HOST))) {
            RestError.send(context, 403, "forbidden_origin", "pages of this origin may not use this server");
        } else {
            response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            if (request.method() == HttpMethod.OPTIONS
                    && request.headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD)) {
                preflight(response);
            } else {
                context.next();
            }
        }
    }

    private static void preflight(HttpServerResponse response) {
        response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST")
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, "authorization, content-type")
                .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, PREFLIGHT_SECONDS)
                .setStatusCode(204)
                .end();
    }
}
