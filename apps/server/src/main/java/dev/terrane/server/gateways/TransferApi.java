package dev.terrane.server.gateways;

import dev.terrane.base.CharacterId;
import dev.terrane.base.Clock;
import dev.terrane.command.PayloadRefusedException;
import dev.terrane.coordinator.Command;
import dev.terrane.coordinator.Outcome;
import dev.terrane.coordinator.TransferToken;
import dev.terrane.gateway.PlayerName;
import dev.terrane.gateway.TokenCheck;
import dev.terrane.gateway.TokenIssuer;
import dev.terrane.gateway.VerifiedToken;
import dev.terrane.http.AdminRoute;
import dev.terrane.http.ApiAnswer;
import dev.terrane.http.ApiRoute.Method;
import dev.terrane.http.ApiRoutes;
import dev.terrane.json.JsonPayloads;
import dev.terrane.jwt.AdminVerifier;
import dev.terrane.jwt.JwtIssuer;
import dev.terrane.jwt.JwtVerifier;
import dev.terrane.jwt.TransferTokens;
import dev.terrane.jwt.TransferTokens.Transfer;
import dev.terrane.protocol.client.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How characters go to other clusters and come from them, by REST of any gateway node. Described in {@code transfers.json} beside this class.
 *
 * <pre>
 *   player, or game's backend ── POST /transfers ──► this cluster's log ──► token, a minute long
 *   player ── POST /transfers/redeem at the other cluster ──► its log: once ──► a token to play there
 * </pre>
 *
 * <p>Any thread.
 */
public final class TransferApi {
    /** Each is an entry of the log: so often a character may ask at one gateway node. */
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final int ASKED_COUNT_MAX = 10_000;
    private static final int ID_BYTES = 16;
    private static final int REASON_LENGTH_MAX = 200;

    private final Place place;
    private final Keys keys;
    private final Log log;
    private final Clock clock;
    private final JsonPayloads json = new JsonPayloads();
    private final SecureRandom random = new SecureRandom();
    private final Map<CharacterId, Long> asked = new LinkedHashMap<>();

    /** Asks the coordinators; completed exceptionally when nobody can say what became of it. */
    @FunctionalInterface
    public interface Log {
        /**
         * @param admin who wants it; empty: a player for himself
         * @param reason an administrator's
         */
        CompletionStage<Outcome> propose(String admin, String reason, Command command);
    }

    /**
     * Where this is, and where one may go.
     *
     * @param here cluster and world, as other clusters name it
     * @param destinations REST addresses of gateways there, by cluster and world
     * @param guests whether who arrives may renew his token as guests do
     */
    public record Place(String here, Map<String, URI> destinations, boolean guests) {}

    /** @param players whose own tokens count here */
    public record Keys(TransferTokens transfers, JwtVerifier players, AdminVerifier admins, JwtIssuer issuer) {}

    /**
     * @param character only administrators name one
     * @param reason an administrator's, for the audit: who has the token plays as that character
     * @param last_seq the last input that his client has sent, so that its numbers go on; null: they begin anew. Whoever says a wrong one misnumbers nobody but himself
     */
    record Wish(
            String destination,
            @Nullable String character,
            @Nullable String name,
            @Nullable String reason,
            @Nullable Integer last_seq) {
        Wish {
            if (last_seq != null && (last_seq < 0 || last_seq > VerifiedToken.ACKED_SEQ_MAX)) {
                throw new IllegalArgumentException(
                        "last_seq must be 0 to " + VerifiedToken.ACKED_SEQ_MAX + ", not " + last_seq);
            }
        }
    }

    record Prepared(String token, String destination, String redeem_at, long expires_at_millis) {}

    record Arrived(String token, String character, String world, long expires_at_millis, int last_seq) {}

    /** @param admin who sends him; empty: nobody, he goes himself */
    private record Traveller(CharacterId character, String name, String admin, String reason) {
        Traveller(VerifiedToken token) {
            this(token.character(), token.name(), "", "");
        }
    }

    public TransferApi(Place place, Keys keys, Log log, Clock clock) {
        this.place = place;
        this.keys = keys;
        this.log = log;
        this.clock = clock;
    }

    /** Who asks is looked at here: players, administrators, and who has nothing but a transfer token. */
    public ApiRoutes routes() {
        return new ApiRoutes(
                List.of(),
                List.of(
                        new AdminRoute(Method.POST, "/transfers", this::prepare),
                        new AdminRoute(Method.POST, "/transfers/redeem", this::redeem)),
                List.of(contract()));
    }

    private CompletionStage<ApiAnswer> prepare(AdminRoute.Request request) {
        try {
            Wish wish = json.decode(Wish.class, request.body());
            long now = clock.epochMillis();
            return switch (keys.admins().verify(request.token(), now)) {
                case AdminVerifier.Check.Admin(String admin) -> prepare(wish, sent(admin, wish));
                case AdminVerifier.Check.Viewer _, AdminVerifier.Check.Other _, AdminVerifier.Check.Refused _ ->
                    switch (keys.players().verify(request.token(), now)) {
                        case TokenCheck.Accepted(VerifiedToken token) -> prepare(wish, token);
                        case TokenCheck.Refused refused -> unauthorised(refused);
                    };
            };
        } catch (PayloadRefusedException | IllegalArgumentException wrong) {
            return refused(400, "bad_request", String.valueOf(wrong.getMessage()));
        }
    }

    private static Traveller sent(String admin, Wish wish) {
        String name = Objects.requireNonNullElse(wish.name, "");
        if (!name.isEmpty() && !PlayerName.valid(name)) {
            throw new IllegalArgumentException("name must be 1 to " + PlayerName.LENGTH_MAX + " visible characters");
        }
        String reason = Objects.requireNonNullElse(wish.reason, "");
        if (reason.isBlank() || reason.length() > REASON_LENGTH_MAX) {
            throw new IllegalArgumentException("reason must be 1 to " + REASON_LENGTH_MAX + " characters");
        }
        CharacterId character =
                new CharacterId(UUID.fromString(Objects.requireNonNullElse(wish.character, "no character")));
        return new Traveller(character, name, admin, reason);
    }

    private CompletionStage<ApiAnswer> prepare(Wish wish, VerifiedToken token) {
        if (wish.character != null && !wish.character.equals(token.character().toString())) {
            return refused(403, "not_yours", "players go themselves: only administrators may send others");
        }
        return isTooSoon(token.character())
                ? CompletableFuture.completedStage(
                        new ApiAnswer.Refused(429, "rate_limited", "ask again in a few seconds", 5))
                : prepare(wish, new Traveller(token));
    }

    private synchronized boolean isTooSoon(CharacterId character) {
        long now = clock.nanos();
        Long before = asked.remove(character);
        if (asked.size() >= ASKED_COUNT_MAX) {
            asked.remove(asked.keySet().iterator().next());
        }
        boolean isTooSoon = before != null && now - before < PAUSE_NANOS;
        asked.put(character, isTooSoon ? before : Long.valueOf(now));
        return isTooSoon;
    }

    private CompletionStage<ApiAnswer> prepare(Wish wish, Traveller who) {
        URI there = place.destinations().get(wish.destination);
        if (there == null) {
            return refused(
                    404,
                    "unknown_destination",
                    "from here one may go to " + place.destinations().keySet() + ", not to '" + wish.destination + "'");
        }
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        long now = clock.epochMillis();
        Transfer transfer = new Transfer(
                HexFormat.of().formatHex(id),
                who.character,
                who.name,
                place.here(),
                wish.destination,
                keys.transfers().expiry(now),
                Objects.requireNonNullElse(wish.last_seq, 0));
        return log.propose(who.admin, who.reason, new Command.IssueToken(kept(transfer), now))
                .handle((outcome, failure) -> failure != null
                        ? unknown(failure)
                        : switch (outcome) {
                            case Outcome.Refused(Outcome.Reason _, String why) ->
                                new ApiAnswer.Refused(503, "busy", why, 1);
                            case Outcome.Done _, Outcome.Granted _ ->
                                ok(new Prepared(
                                        keys.transfers().sign(transfer, now),
                                        wish.destination,
                                        there + "/transfers/redeem",
                                        transfer.expiresAtMillis()));
                        });
    }

    private static TransferToken kept(Transfer transfer) {
        return new TransferToken(
                transfer.id(), transfer.character().toString(), transfer.destination(), transfer.expiresAtMillis());
    }

    private CompletionStage<ApiAnswer> redeem(AdminRoute.Request request) {
        long now = clock.epochMillis();
        return switch (keys.transfers().check(request.token(), place.here(), now)) {
            case TransferTokens.Check.Refused(TokenCheck.Refused why) -> unauthorised(why);
            case TransferTokens.Check.Elsewhere(String destination) ->
                refused(403, "wrong_destination", "this token leads to " + destination + ", here is " + place.here());
            case TransferTokens.Check.Good(Transfer transfer) -> redeem(transfer, now);
        };
    }

    /** The log of this cluster has not heard of the token yet, unless somebody was here with it before; that it is redeemed only once holds for all nodes and leaders. */
    private CompletionStage<ApiAnswer> redeem(Transfer transfer, long now) {
        return log.propose("", "", new Command.IssueToken(kept(transfer), now))
                .thenCompose(known -> known instanceof Outcome.Refused(Outcome.Reason reason, String _)
                                && reason == Outcome.Reason.TOO_MUCH
                        ? CompletableFuture.completedStage(known)
                        : log.propose("", "", new Command.RedeemToken(transfer.id(), now)))
                .handle((outcome, failure) -> failure != null
                        ? unknown(failure)
                        : switch (outcome) {
                            case Outcome.Refused(Outcome.Reason reason, String why) ->
                                reason == Outcome.Reason.TOO_MUCH
                                        ? new ApiAnswer.Refused(503, "busy", why, 1)
                                        : ApiAnswer.refused(409, "token_used", why);
                            case Outcome.Done _, Outcome.Granted _ -> arrived(transfer, now);
                        });
    }

    private ApiAnswer arrived(Transfer transfer, long now) {
        TokenIssuer.IssuedToken issued = keys.issuer()
                .issueArrival(transfer.character(), transfer.name(), place.guests(), transfer.ackedSeq(), now);
        return ok(new Arrived(
                issued.token(),
                transfer.character().toString(),
                place.here().substring(place.here().indexOf('/') + 1),
                issued.claims().expiresAtEpochMillis(),
                transfer.ackedSeq()));
    }

    private ApiAnswer ok(Record answer) {
        return ApiAnswer.ok(new String(json.encode(answer), StandardCharsets.UTF_8));
    }

    private static ApiAnswer unknown(Throwable failure) {
        return new ApiAnswer.Refused(
                503, "unknown_outcome", "nobody knows whether it was done: " + failure.getMessage(), 1);
    }

    private static CompletionStage<ApiAnswer> unauthorised(TokenCheck.Refused why) {
        boolean isExpired = why.reason().error() == ErrorCode.TOKEN_EXPIRED;
        return refused(401, isExpired ? "token_expired" : "invalid_token", why.detail());
    }

    private static CompletionStage<ApiAnswer> refused(int status, String errorCode, String reason) {
        return CompletableFuture.completedStage(ApiAnswer.refused(status, errorCode, reason));
    }

    private static String contract() {
        try (InputStream in = TransferApi.class.getResourceAsStream("transfers.json")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
