package dev.terrane.http;

import dev.terrane.base.Clock;
import dev.terrane.gateway.TokenCheck;
import dev.terrane.gateway.VerifiedToken;
import dev.terrane.protocol.client.ErrorCode;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.function.BiConsumer;

/** Lets pass who shows a good token in the Authorization header, never in the query: addresses are written to logs. On any loop. */
final class Authorised implements Handler<RoutingContext> {
    private final DoorKeys keys;
    private final Clock clock;
    private final BiConsumer<RoutingContext, VerifiedToken> inner;

    Authorised(DoorKeys keys, Clock clock, BiConsumer<RoutingContext, VerifiedToken> inner) {
        this.keys = keys;
        this.clock = clock;
        this.inner = inner;
    }

    @Override
    public void handle(RoutingContext context) {
        String token = BearerToken.ofHeader(context.request().headers());
        switch (keys.verifier().verify(token, clock.epochMillis())) {
            case TokenCheck.Accepted accepted -> inner.accept(context, accepted.token());
            case TokenCheck.Refused refused ->
                RestError.send(
                        context,
                        401,
                        refused.reason().error() == ErrorCode.TOKEN_EXPIRED ? "token_expired" : "invalid_token",
                        refused.detail());
        }
    }
}
