package dev.terrane.http;

import dev.terrane.base.Clock;
import dev.terrane.gateway.PlayerName;
import dev.terrane.gateway.TokenCheck;
import dev.terrane.gateway.TokenIssuer;
import dev.terrane.gateway.VerifiedToken;
import dev.terrane.protocol.client.ErrorCode;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /guest}: a token for a character that nobody else has, or, for who brings a guest's earlier token, a new one of the same character.
 * On any loop.
 */
final class GuestRoute {
    private final HttpServerSettings settings;
    private final ClientAddresses addresses;
    private final DoorKeys keys;
    private final Clock clock;
    private final AddressRates rates;

    GuestRoute(HttpServerSettings settings, ClientAddresses addresses, DoorKeys keys, Clock clock) {
        this.settings = settings;
        this.addresses = addresses;
        this.keys = keys;
        this.clock = clock;
        GuestSettings guests = settings.rest().guests();
        this.rates = new AddressRates(guests.perMinute() / 60.0, guests.burst());
    }

    List<RestRoute> routes() {
        return List.of(new RestRoute(HttpMethod.POST, "/guest", true, this::handle));
    }

    private void handle(RoutingContext context) {
        if (!settings.rest().guests().open()) {
            RestError.send(context, 403, "guests_disabled", "this server takes no guests; bring a token of its issuer");
            return;
        }
        String name = requestedName(context);
        if (name == null) {
            return;
        }
        int waitSeconds = rates.take(RestRouter.client(context, addresses), clock.nanos());
        if (waitSeconds > 0) {
            RestError.send(context, 429, "rate_limited", "too many guest tokens for one address", waitSeconds);
            return;
        }
        String earlier = BearerToken.ofHeader(context.request().headers());
        if (earlier.isEmpty()) {
            answer(context, keys.issuer().issueGuest(name, clock.epochMillis()));
        } else {
            exchange(context, earlier, name);
        }
    }

    private void exchange(RoutingContext context, String earlier, String name) {
        long now = clock.epochMillis();
        switch (keys.verifier()
                .verifyGuest(earlier, now, settings.rest().guests().refreshTtl())) {
            case TokenCheck.Accepted accepted -> {
                VerifiedToken guest = accepted.token();
                answer(context, keys.issuer().issueGuest(guest.character(), name.isEmpty() ? guest.name() : name, now));
            }
            case TokenCheck.Refused refused ->
                RestError.send(
                        context,
                        401,
                        refused.reason().error() == ErrorCode.TOKEN_EXPIRED ? "token_expired" : "invalid_token",
                        refused.detail());
        }
    }

    private void answer(RoutingContext context, TokenIssuer.IssuedToken issued) {
        JsonObject told = new JsonObject()
                .put("token", issued.token())
                .put(
                        "expiresAt",
                        Instant.ofEpochMilli(issued.claims().expiresAtEpochMillis())
                                .toString())
                .put("character", issued.claims().character().toString())
                .put("ws", socketUrl(context.request()));
        TcpSettings tcp = settings.tcp();
        if (tcp != null) {
            told.put("tcp", tcpUrl(context.request(), tcp));
        }
        RestAnswer.json(context, 200, told);
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

    private static String tcpUrl(HttpServerRequest request, TcpSettings tcp) {
        HostAndPort authority = request.authority();
        String host = authority == null ? "localhost" : authority.host();
        return "%s://%s:%d".formatted(tcp.tls() == null ? "tcp" : "tls", host, tcp.port());
    }
}
