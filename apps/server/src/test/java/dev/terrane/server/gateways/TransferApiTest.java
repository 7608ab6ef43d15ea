package dev.terrane.server.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CharacterId;
import dev.terrane.base.Clock;
import dev.terrane.coordinator.Command;
import dev.terrane.coordinator.CoordinatorState;
import dev.terrane.coordinator.Entry;
import dev.terrane.coordinator.Outcome;
import dev.terrane.gateway.TokenCheck;
import dev.terrane.http.AdminRoute;
import dev.terrane.http.ApiAnswer;
import dev.terrane.json.JsonTree;
import dev.terrane.jwt.AdminVerifier;
import dev.terrane.jwt.JwtIssuer;
import dev.terrane.jwt.JwtSecret;
import dev.terrane.jwt.JwtSettings;
import dev.terrane.jwt.JwtVerifier;
import dev.terrane.jwt.TransferTokens;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Two clusters, each with a log of its own, and nothing in common but a secret. */
class TransferApiTest {
    private static final CharacterId ANN = new CharacterId(new UUID(1, 1));
    private static final JwtSecret SHARED = JwtSecret.of("shared-shared-shared-shared-shared");

    private long millis = 1_700_000_000_000L;
    private final Clock clock = new Clock() {
        @Override
        public long nanos() {
            return millis * 1_000_000;
        }

        @Override
        public long epochMillis() {
            return millis;
        }
    };
    private final Side one = new Side("one", "secret-of-the-first-secret-of-the-first");
    private final Side two = new Side("two", "secret-of-the-second-secret-of-the-second");

    /** One cluster: its log, and a gateway's routes. */
    private final class Side {
        private final CoordinatorState state = new CoordinatorState();
        private final JwtSettings jwt;
        private final JwtIssuer issuer;
        private boolean away;

        private Side(String name, String secret) {
            jwt = new JwtSettings(JwtSecret.of(secret), "terrane", Duration.ofHours(1), Duration.ZERO);
            issuer = new JwtIssuer(jwt);
            this.name = name;
        }

        private final String name;

        private CompletionStage<Outcome> propose(String admin, String reason, Command command) {
            return away
                    ? CompletableFuture.failedStage(new IllegalStateException("nobody leads"))
                    : CompletableFuture.completedStage(state.apply(
                            1, new Entry(1, admin.isEmpty() ? "" : "admin " + admin + " by node g1", reason, command)));
        }

        /** Another node each time: nothing is remembered but in the log. */
        private ApiAnswer ask(String path, String token, String body) {
            String other = name.equals("one") ? "two" : "one";
            TransferApi api = new TransferApi(
                    new TransferApi.Place(
                            name + "/w", Map.of(other + "/w", URI.create("http://" + other + ":1/api/v1")), true),
                    new TransferApi.Keys(
                            new TransferTokens(SHARED, Duration.ofSeconds(60), Duration.ZERO),
                            new JwtVerifier(jwt),
                            new AdminVerifier(jwt),
                            issuer),
                    this::propose,
                    clock);
            AdminRoute.Request request =
                    new AdminRoute.Request(token, Map.of(), Map.of(), body.getBytes(StandardCharsets.UTF_8));
            return api.routes().admin().stream()
                    .filter(route -> route.path().equals(path))
                    .findFirst()
                    .orElseThrow()
                    .handler()
                    .handle(request)
                    .toCompletableFuture()
                    .join();
        }

        private String player() {
            return issuer.issueGuest(ANN, "Ann", millis).token();
        }
    }

    private static JsonTree ok(ApiAnswer answer) {
        assertThat(answer).isInstanceOf(ApiAnswer.Json.class);
        try {
            return JsonTree.read(((ApiAnswer.Json) answer).json());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertRefused(ApiAnswer answer, int status, String errorCode) {
        assertThat(answer).isInstanceOfSatisfying(ApiAnswer.Refused.class, refused -> {
            assertThat(refused.errorCode()).as(refused.reason()).isEqualTo(errorCode);
            assertThat(refused.status()).isEqualTo(status);
        });
    }

    private String transfer() {
        return ok(one.ask("/transfers", one.player(), "{\"destination\":\"two/w\"}"))
                .get("token")
                .text();
    }

    @Test
    void aPlayerGoesToTheOtherClusterAndPlaysThereAsTheSameCharacter() {
        JsonTree prepared = ok(one.ask("/transfers", one.player(), "{\"destination\":\"two/w\"}"));
        assertThat(prepared.get("redeem_at").text()).isEqualTo("http://two:1/api/v1/transfers/redeem");
        JsonTree arrived = ok(two.ask("/transfers/redeem", prepared.get("token").text(), ""));
        assertThat(arrived.get("world").text()).isEqualTo("w");
        TokenCheck check = new JwtVerifier(two.jwt).verify(arrived.get("token").text(), millis);
        assertThat(check).isInstanceOfSatisfying(TokenCheck.Accepted.class, accepted -> {
            assertThat(accepted.token().character()).isEqualTo(ANN);
            assertThat(accepted.token().name()).isEqualTo("Ann");
        });
        assertThat(one.state.tokenCount()).isEqualTo(1);
    }

    @Test
    void theNumbersOfHisInputsGoOnThere() {
        JsonTree prepared = ok(one.ask("/transfers", one.player(), "{\"destination\":\"two/w\",\"last_seq\":41}"));
        JsonTree arrived = ok(two.ask("/transfers/redeem", prepared.get("token").text(), ""));
        assertThat(arrived.get("last_seq").number()).isEqualTo(41);
        TokenCheck check = new JwtVerifier(two.jwt).verify(arrived.get("token").text(), millis);
        assertThat(check)
                .isInstanceOfSatisfying(
                        TokenCheck.Accepted.class,
                        accepted -> assertThat(accepted.token().ackedSeq()).isEqualTo(41));
        String tooFar = "{\"destination\":\"two/w\",\"last_seq\":2000000000}";
        assertRefused(one.ask("/transfers", one.player(), tooFar), 400, "bad_request");
    }

    @Test
    void nobodyArrivesTwice() {
        String token = transfer();
        ok(two.ask("/transfers/redeem", token, ""));
        assertRefused(two.ask("/transfers/redeem", token, ""), 409, "token_used");
    }

    @Test
    void aTokenIsGoodForAMinuteAtItsDestination() {
        String token = transfer();
        assertRefused(one.ask("/transfers/redeem", token, ""), 403, "wrong_destination");
        millis += 60_000;
        assertRefused(two.ask("/transfers/redeem", token, ""), 401, "token_expired");
        assertThat(two.state.tokenCount()).isZero();
    }

    @Test
    void foreignAndInventedTokensAreRefused() {
        assertRefused(two.ask("/transfers/redeem", two.player(), ""), 401, "invalid_token");
        assertRefused(two.ask("/transfers/redeem", "x.y.z", ""), 401, "invalid_token");
        assertRefused(two.ask("/transfers/redeem", "", ""), 401, "invalid_token");
        assertRefused(one.ask("/transfers", two.player(), "{\"destination\":\"two/w\"}"), 401, "invalid_token");
    }

    @Test
    void onlyAdministratorsSendOthers() {
        String other = "00000000-0000-0002-0000-000000000002";
        String wish =
                "{\"destination\":\"two/w\",\"character\":\"" + other + "\",\"name\":\"Bob\",\"reason\":\"event\"}";
        assertRefused(one.ask("/transfers", one.player(), wish), 403, "not_yours");
        String admin = one.issuer.issueAdmin("backend", millis);
        String token = ok(one.ask("/transfers", admin, wish)).get("token").text();
        assertThat(ok(two.ask("/transfers/redeem", token, "")).get("character").text())
                .isEqualTo(other);
        assertThat(one.state.audit().getLast().author()).isEqualTo("admin backend by node g1");
        assertThat(one.state.audit().getLast().reason()).isEqualTo("event");
        assertRefused(one.ask("/transfers", admin, wish.replace("event", " ")), 400, "bad_request");
        assertRefused(one.ask("/transfers", admin, "{\"destination\":\"two/w\"}"), 400, "bad_request");
        String viewer = one.issuer.issueViewer("bob", millis);
        assertRefused(one.ask("/transfers", viewer, wish), 401, "invalid_token");
    }

    @Test
    void leadsOnlyWhereOneMayGo() {
        assertRefused(one.ask("/transfers", one.player(), "{\"destination\":\"three/w\"}"), 404, "unknown_destination");
        assertRefused(one.ask("/transfers", one.player(), "{}"), 400, "bad_request");
    }

    /** The redeeming word may be lost with a coordinator: the token is still good when it was not redeemed. */
    @Test
    void isGoodAgainAfterALogThatCouldNotSay() {
        String token = transfer();
        two.away = true;
        assertRefused(two.ask("/transfers/redeem", token, ""), 503, "unknown_outcome");
        two.away = false;
        ok(two.ask("/transfers/redeem", token, ""));
        assertRefused(two.ask("/transfers/redeem", token, ""), 409, "token_used");
    }
}
