package dev.terrane.http;

import dev.terrane.base.Clock;
import dev.terrane.gateway.PlayerName;
import dev.terrane.gateway.TokenIssuer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code POST /guest}: a token for a character that nobody else has. On any loop. */
final class GuestRoute {
    private final HttpServerSettings settings;
    private final ClientAddresses addresses;
    private final TokenIssuer issuer;
    private final Clock clock;
    private final AddressRates rates;

    GuestRoute(HttpServerSettings settings, ClientAddresses addresses, TokenIssuer issuer, Clock clock) {
        this.settings = settings;
        this.addresses = addresses;
        this.issuer = issuer;
        this.clock = clock;
        this.rates = new AddressRates(
                settings.rest().guestsPerMinute() / 60.0, settings.rest().guestBurst());
    }

    List<RestRoute> routes() {
        return List.of(new RestRoute(HttpMethod.POST, "/guest", true, this::handle));
    }

    private void handle(RoutingContext context) {
        String name = requestedName(context);
        if (name == null) {
            return;
        }
        int waitSeconds = rates.take(RestRouter.client(context, addresses), clock.nanos());
        if (waitSeconds > 0) {
            RestError.send(context, 429, "rate_limited", "too many guest tokens for one address", waitSeconds);
            return;
        }
        TokenIssuer.IssuedToken issued = issuer.issueGuest(name, clock.epochMillis());
        RestAnswer.json(
                context,
                200,
                new JsonObject()
                        .put("token", issued.token())
                        .put(
                                "expiresAt",
                                Instant.ofEpochMilli(issued.claims().expiresAtEpochMillis())
                                        .toString())
                        .put("character", issued.claims().character().toString())
                        .put("ws", socketUrl(context.request())));
    }

    /** Null when it was answered with an error already. */
    private static @Nullable String requestedName(RoutingContext context) {
        Object name;
        try {
            JsonObject body = context.body().asJsonObject();
            name = body == null ? null : body.getValue("name");
        } catch (DecodeException | ClassCastException notJsonObject) {
            RestError.send(
                    context, 400, "malformed_json", "the body must be a JSON object such as {\"name\": \"Ada\"}");
            return null;
        }
        if (name == null) {
            return "";
        }
        if (name instanceof String text && PlayerName.valid(text)) {
            return text;
        }
        RestError.send(
                context,
                400,
                "invalid_name",
                "name must be 1 to %d visible characters, without a space at either end"
                        .formatted(PlayerName.LENGTH_MAX));
        return null;
    }

    private String socketUrl(HttpServerRequest request) {
        String host = request.getHeader(HttpHeaders.HOST);
        boolean secure = request.isSSL()
                || addresses.believes(request.remoteAddress().hostAddress())
                        && "https".equals(ClientAddresses.first(request.getHeader("x-forwarded-proto")));
        return (secure ? "wss://" : "ws://")
                + (host == null ? "localhost" : host)
                + settings.sockets().path();
    }
}
