package dev.terrane.http;

import dev.terrane.base.Clock;
import dev.terrane.gateway.VerifiedToken;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Leads the server's own operations to their handlers. On any loop. */
final class AddedRoutes {
    /** Who waited so long asks again, or not at all. */
    static final long ANSWER_MILLIS_MAX = 10_000;

    private static final int RETRY_SECONDS = 1;

    private final ApiRoutes added;
    private final DoorKeys keys;
    private final Clock clock;

    AddedRoutes(ApiRoutes added, DoorKeys keys, Clock clock) {
        this.added = added;
        this.keys = keys;
        this.clock = clock;
    }

    List<RestRoute> routes() {
        List<RestRoute> all = new ArrayList<>();
        for (ApiRoute route : added.routes()) {
            all.add(new RestRoute(
                    HttpMethod.valueOf(route.method().name()),
                    route.path(),
                    true,
                    new Authorised(
                            keys,
                            clock,
                            (context, token) -> answer(context, route.handler().handle(request(context, token))))));
        }
        for (AdminRoute route : added.admin()) {
            all.add(new RestRoute(
                    HttpMethod.valueOf(route.method().name()),
                    route.path(),
                    true,
                    context -> answer(context, route.handler().handle(request(context)))));
        }
        return List.copyOf(all);
    }

    private static void answer(RoutingContext context, CompletionStage<ApiAnswer> answer) {
        Context loop = context.vertx().getOrCreateContext();
        long timer = context.vertx()
                .setTimer(
                        ANSWER_MILLIS_MAX,
                        late -> RestError.send(context, 503, "busy", "no answer came in time", RETRY_SECONDS));
        answer.whenComplete((found, failure) -> loop.runOnContext(now -> {
            context.vertx().cancelTimer(timer);
            if (failure != null) {
                context.fail(500, failure);
            } else {
                send(context, found);
            }
        }));
    }

    private static void send(RoutingContext context, ApiAnswer answer) {
        switch (answer) {
            case ApiAnswer.Json json -> RestAnswer.text(context, json.status(), "application/json", json.json());
            case ApiAnswer.Refused refused ->
                RestError.send(
                        context, refused.status(), refused.errorCode(), refused.reason(), refused.retryAfterSeconds());
        }
    }

    private static ApiRoute.Request request(RoutingContext context, VerifiedToken token) {
        return new ApiRoute.Request(token.character(), Map.copyOf(context.pathParams()), query(context), body(context));
    }

    private static AdminRoute.Request request(RoutingContext context) {
        return new AdminRoute.Request(
                BearerToken.ofHeader(context.request().headers()),
                Map.copyOf(context.pathParams()),
                query(context),
                body(context));
    }

    private static Map<String, String> query(RoutingContext context) {
        Map<String, String> query = new LinkedHashMap<>();
        context.queryParams().forEach(each -> query.putIfAbsent(each.getKey(), each.getValue()));
        return query;
    }

    private static byte[] body(RoutingContext context) {
        Buffer body = context.body().buffer();
        return body == null ? new byte[0] : body.getBytes();
    }
}
