package dev.terrane.server.coordinator;

import dev.terrane.base.Clock;
import dev.terrane.command.PayloadRefusedException;
import dev.terrane.gateway.TokenCheck;
import dev.terrane.http.AdminRoute;
import dev.terrane.http.ApiAnswer;
import dev.terrane.json.JsonPayloads;
import dev.terrane.jwt.AdminVerifier;
import dev.terrane.protocol.client.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** Lets administrators in, and viewers to what concerns no player and changes nothing; speaks JSON with them. Any thread. */
public final class AdminGate {
    static final int REASON_LENGTH_MAX = 200;

    private final AdminVerifier tokens;
    private final Clock clock;
    private final JsonPayloads json = new JsonPayloads();

    public AdminGate(AdminVerifier tokens, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    Clock clock() {
        return clock;
    }

    /** A question. @param answer throws IllegalArgumentException for one that makes no sense, with a sentence */
    CompletionStage<ApiAnswer> show(AdminRoute.Request asked, Function<AdminRoute.Request, Record> answer) {
        return look(asked, () -> CompletableFuture.completedStage(ok(answer.apply(asked))));
    }

    /** A question that others answer. @param work throws IllegalArgumentException for one that makes no sense, with a sentence */
    CompletionStage<ApiAnswer> look(AdminRoute.Request asked, Supplier<CompletionStage<ApiAnswer>> work) {
        return tokens.verify(asked.token(), clock.epochMillis()) instanceof AdminVerifier.Check.Viewer
                ? answered(work)
                : asAdmin(asked, _ -> work.get());
    }

    private static CompletionStage<ApiAnswer> answered(Supplier<CompletionStage<ApiAnswer>> work) {
        try {
            return work.get();
        } catch (IllegalArgumentException wrong) {
            return refused(400, "bad_request", String.valueOf(wrong.getMessage()));
        }
    }

    /** A wish. @param work of the administrator and what he has said */
    <B extends Record> CompletionStage<ApiAnswer> take(
            AdminRoute.Request asked, Class<B> type, BiFunction<String, B, CompletionStage<ApiAnswer>> work) {
        return asAdmin(asked, subject -> {
            try {
                return work.apply(subject, json.decode(type, asked.body()));
            } catch (PayloadRefusedException wrong) {
                return refused(400, "bad_request", String.valueOf(wrong.getMessage()));
            }
        });
    }

    CompletionStage<ApiAnswer> asAdmin(AdminRoute.Request asked, Function<String, CompletionStage<ApiAnswer>> work) {
        return switch (tokens.verify(asked.token(), clock.epochMillis())) {
            case AdminVerifier.Check.Admin(String subject) -> answered(() -> work.apply(subject));
            case AdminVerifier.Check.Viewer(String subject) ->
                refused(403, "not_admin", subject + " may look, but change nothing and follow no player");
            case AdminVerifier.Check.Other() ->
                refused(403, "not_admin", "the token's roles do not contain admin, or its sub is no name");
            case AdminVerifier.Check.Refused(TokenCheck.Refused why) ->
                refused(
                        401,
                        why.reason().error() == ErrorCode.TOKEN_EXPIRED ? "token_expired" : "invalid_token",
                        why.detail());
        };
    }

    ApiAnswer ok(Record answer) {
        return ApiAnswer.ok(new String(json.encode(answer), StandardCharsets.UTF_8));
    }

    static CompletionStage<ApiAnswer> refused(int status, String errorCode, String reason) {
        return CompletableFuture.completedStage(ApiAnswer.refused(status, errorCode, reason));
    }
}
