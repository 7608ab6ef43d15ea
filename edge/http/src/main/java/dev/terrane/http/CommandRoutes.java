package dev.terrane.http;

import dev.terrane.base.CharacterId;
import dev.terrane.base.Clock;
import dev.terrane.command.CommandErrors;
import dev.terrane.command.CommandLimits;
import dev.terrane.command.CommandResult;
import dev.terrane.gateway.CommandPort.Wish;
import dev.terrane.gateway.VerifiedToken;
import dev.terrane.protocol.client.ClientMessage.Command;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /commands} and {@code GET /commands/{requestId}}: durable commands for whoever has no socket. One for all loops.
 *
 * <p>What the game says to a command, yes or no, is a result and a 200; only when nothing was accepted is the answer an error of HTTP.
 */
final class CommandRoutes {
    /** A result mostly comes within this; else the client is told where to ask. {@code Prefer: wait=seconds} (RFC 7240) says otherwise. */
    private static final int WAIT_SECONDS = 3;

    private static final int WAIT_SECONDS_MAX = 20;
    private static final Pattern WAIT = Pattern.compile("(?:^|[,;\\s])wait=(\\d{1,4})(?:$|[,;\\s])");

    private static final String PATH = "/commands";

    private final RestCommands commands;
    private final DoorKeys keys;
    private final Clock clock;
    private final String place;
    private final CommandsAwaited awaited = new CommandsAwaited();

    CommandRoutes(HttpServerSettings settings, HttpPorts ports) {
        this.commands = ports.commands();
        this.keys = ports.keys();
        this.clock = ports.clock();
        this.place = settings.rest().prefix() + PATH + "/";
    }

    List<RestRoute> routes() {
        return List.of(
                new RestRoute(HttpMethod.POST, PATH, true, new Authorised(keys, clock, this::submit)),
                new RestRoute(HttpMethod.GET, PATH + "/:requestId", true, new Authorised(keys, clock, this::ask)));
    }

    private void submit(RoutingContext context, VerifiedToken token) {
        Command command = command(context);
        if (command == null) {
            return;
        }
        Wish wish = new Wish(command.type(), command.version(), command.requestId(), command.payload());
        switch (awaited.enter(token.character(), wish, clock.nanos())) {
            case CommandsAwaited.Entry.Full _ ->
                RestError.send(
                        context,
                        429,
                        "too_many",
                        "you wait for " + CommandsAwaited.PER_CHARACTER_COUNT_MAX
                                + " results already; wait for some of them first",
                        1);
            case CommandsAwaited.Entry.Crowded _ ->
                RestError.send(context, 503, "busy", "too many commands wait for their results", 1);
            case CommandsAwaited.Entry.Other _ ->
                RestError.send(context, 409, "conflict", "this request id is in use for another command of yours");
            case CommandsAwaited.Entry.Known known -> await(context, wish.requestId(), known.result());
            case CommandsAwaited.Entry.Fresh fresh -> {
                commands.submit(token.character(), wish).whenComplete(fresh::settle);
                await(context, wish.requestId(), fresh.result());
            }
        }
    }

    private void ask(RoutingContext context, VerifiedToken token) {
        String requestId = context.pathParam("requestId");
        CharacterId character = token.character();
        CompletionStage<CommandResult> known = awaited.find(character, requestId);
        if (known != null) {
            await(context, requestId, known);
            return;
        }
        Context loop = context.vertx().getOrCreateContext();
        commands.find(character, requestId)
                .whenComplete((found, failure) -> loop.runOnContext(now -> {
                    if (failure != null) {
                        context.fail(500, failure);
                    } else if (found.isPresent()) {
                        tell(context, requestId, found.get());
                    } else {
                        RestError.send(
                                context,
                                404,
                                "no_result",
                                "there is no result under this request id, or none yet; sending the same command again is safe, and tells");
                    }
                }));
    }

    /** Answers once: with the result, or after a while with the place to ask for it. */
    private void await(RoutingContext context, String requestId, CompletionStage<CommandResult> result) {
        Context loop = context.vertx().getOrCreateContext();
        AtomicBoolean answered = new AtomicBoolean();
        long timer = context.vertx().setTimer(waitMillis(context), late -> {
            if (answered.compareAndSet(false, true)) {
                pending(context, requestId);
            }
        });
        result.whenComplete((found, failure) -> loop.runOnContext(now -> {
            if (!answered.compareAndSet(false, true)) {
                return;
            }
            context.vertx().cancelTimer(timer);
            if (failure != null) {
                context.fail(500, failure);
            } else {
                tell(context, requestId, found);
            }
        }));
    }

    private static long waitMillis(RoutingContext context) {
        String prefer = context.request().getHeader("prefer");
        Matcher wait = WAIT.matcher(prefer == null ? "" : prefer);
        int seconds = wait.find() ? Math.min(WAIT_SECONDS_MAX, Integer.parseInt(wait.group(1))) : WAIT_SECONDS;
        return Math.max(1, seconds * 1000L); // a timer takes no less
    }

    private void pending(RoutingContext context, String requestId) {
        String ask = place + URLEncoder.encode(requestId, StandardCharsets.UTF_8);
        context.response().putHeader(HttpHeaders.LOCATION, ask).putHeader(HttpHeaders.RETRY_AFTER, "1");
        RestAnswer.json(
                context, 202, new JsonObject().put("requestId", requestId).put("ask", ask));
    }

    private static void tell(RoutingContext context, String requestId, CommandResult result) {
        JsonObject body = new JsonObject().put("requestId", requestId);
        switch (result) {
            case CommandResult.Done done -> {
                // As it is: decoding it only to encode it again could change its numbers.
                String payload =
                        done.payload().length == 0 ? "null" : new String(done.payload(), StandardCharsets.UTF_8);
                String head = body.put("done", true).encode();
                String text = head.substring(0, head.length() - 1) + ",\"payload\":" + payload + "}";
                RestAnswer.text(context, 200, "application/json", text);
            }
            case CommandResult.Refused refused -> {
                int retrySeconds = (refused.retryAfterMillis() + 999) / 1000;
                switch (refused.errorCode()) {
                    case CommandErrors.BUSY -> RestError.send(context, 503, "busy", refused.reason(), retrySeconds);
                    case CommandErrors.TOO_MANY ->
                        RestError.send(context, 429, "too_many", refused.reason(), retrySeconds);
                    default ->
                        RestAnswer.json(
                                context,
                                200,
                                body.put("done", false)
                                        .put("error_code", refused.errorCode())
                                        .put("reason", refused.reason())
                                        .put("retry_after_ms", refused.retryAfterMillis()));
                }
            }
        }
    }

    /** Null when it was answered with an error already. */
    private static @Nullable Command command(RoutingContext context) {
        Command command;
        try {
            JsonObject body = context.body().asJsonObject();
            JsonObject payload = body == null ? null : body.getJsonObject("payload", new JsonObject());
            if (body == null || payload == null) {
                throw new DecodeException("no object");
            }
            int version = body.getValue("version", 1) instanceof Integer whole ? whole : 0;
            byte[] json = payload.encode().getBytes(StandardCharsets.UTF_8);
            command = new Command(text(body, "type"), version, text(body, "requestId"), json);
        } catch (DecodeException | ClassCastException notThatObject) {
            RestError.send(
                    context,
                    400,
                    "malformed_json",
                    "the body must be a JSON object such as {\"type\": \"cmd.hex.vote\", \"version\": 1, \"requestId\": \"…\", \"payload\": {}}");
            return null;
        }
        if (!command.isValid()) {
            RestError.send(
                    context,
                    400,
                    "invalid_command",
                    "a command has a version from 1, and a type and a request id of 1 to "
                            + CommandLimits.REQUEST_ID_CHARS_MAX + " visible ASCII characters");
            return null;
        }
        if (command.payload().length > CommandLimits.PAYLOAD_BYTES_MAX) {
            RestError.send(
                    context,
                    413,
                    "body_too_large",
                    "a payload has at most " + CommandLimits.PAYLOAD_BYTES_MAX + " bytes");
            return null;
        }
        return command;
    }

    private static String text(JsonObject body, String field) {
        return body.getValue(field) instanceof String text ? text : "";
    }
}
