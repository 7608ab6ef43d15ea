package dev.terrane.server.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CharacterId;
import dev.terrane.base.Clock;
import dev.terrane.coordinator.Command;
import dev.terrane.coordinator.CoordinatorState;
import dev.terrane.coordinator.Entry;
import dev.terrane.coordinator.Outcome;
import dev.terrane.gateway.TokenCheck;
import dev.terrane.http.RunningHttp;
import dev.terrane.jwt.AdminVerifier;
import dev.terrane.jwt.JwtIssuer;
import dev.terrane.jwt.JwtSecret;
import dev.terrane.jwt.JwtSettings;
import dev.terrane.jwt.JwtVerifier;
import dev.terrane.jwt.TransferTokens;
import dev.terrane.sdk.Transfers;
import dev.terrane.server.gateways.TransferApi;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A player goes to another cluster over real sockets; there two nodes and three real coordinators see to it that nobody arrives twice, whoever leads. */
@Timeout(300)
class TransferIT {
    private static final CharacterId ANN = new CharacterId(new UUID(1, 1));
    private static final JwtSettings ONE = jwt("secret-of-the-first-secret-of-the-first");
    private static final JwtSettings TWO = jwt("secret-of-the-second-secret-of-the-second");
    private static final int TRIES_MAX = 20;
    private static final long ANSWER_NANOS_MAX = Duration.ofSeconds(2).toNanos();
    private static final long PAUSE_NANOS = 2_000_000;

    @TempDir
    Path folder;

    private static JwtSettings jwt(String secret) {
        return new JwtSettings(JwtSecret.of(secret), "terrane", Duration.ofHours(1), Duration.ZERO);
    }

    private static RunningHttp door(String here, JwtSettings jwt, Map<String, URI> destinations, TransferApi.Log log) {
        JwtSecret shared = JwtSecret.of("shared-shared-shared-shared-shared");
        TransferApi api = new TransferApi(
                new TransferApi.Place(here, destinations, true),
                new TransferApi.Keys(
                        new TransferTokens(shared, Duration.ofSeconds(60), Duration.ZERO),
                        new JwtVerifier(jwt),
                        new AdminVerifier(jwt),
                        new JwtIssuer(jwt)),
                log,
                Clock.system());
        return AdminDoor.open(jwt, api.routes());
    }

    private static URI rest(RunningHttp door) {
        return URI.create("http://127.0.0.1:" + door.port() + "/api/v1");
    }

    /** As a node asks: any coordinator, until one can say. */
    private static CompletionStage<Outcome> ask(Cluster cluster, SimulatedNode node, Command command) {
        CompletableFuture<Outcome> answer = new CompletableFuture<>();
        // A thread of its own: on two processors the common pool has one, and the HTTP client needs that.
        Thread.ofVirtual().start(() -> {
            for (int tries = 0; tries < TRIES_MAX && !answer.isDone(); tries++) {
                for (Coordinator coordinator : cluster.coordinators) {
                    Outcome outcome = coordinator.isClosed() ? null : ask(node, coordinator, command);
                    if (outcome != null) {
                        answer.complete(outcome);
                        return;
                    }
                }
            }
            answer.completeExceptionally(new IllegalStateException("nobody answered " + command));
        });
        return answer;
    }

    private static @Nullable Outcome ask(SimulatedNode node, Coordinator coordinator, Command command) {
        if (!node.wire.linked().contains(coordinator.id)) {
            return null;
        }
        long request = node.propose(coordinator.id, command);
        long untilNanos = System.nanoTime() + ANSWER_NANOS_MAX;
        while (!node.outcomes.containsKey(request) && System.nanoTime() < untilNanos) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return node.outcomes.get(request);
    }

    /** What was answered; "not now" is asked again. */
    private static String refusal(HttpClient http, Transfers.Prepared prepared) {
        for (int tries = 0; ; tries++) {
            try {
                return "a token: " + Transfers.redeem(http, prepared).join().length();
            } catch (CompletionException refused) {
                Throwable cause = refused.getCause();
                String why = String.valueOf(cause == null ? refused : cause.getMessage());
                if (!why.contains("answered 503") || tries == TRIES_MAX) {
                    return why;
                }
            }
        }
    }

    @Test
    void aPlayerArrivesOnceWhicheverNodeIsAskedAndWhoeverLeads() throws Exception {
        CoordinatorState left = new CoordinatorState();
        try (Cluster cluster = new Cluster(folder, 1, 1);
                HttpClient http = HttpClient.newHttpClient()) {
            for (String name : List.of("s1", "s2")) {
                cluster.start(name);
            }
            Cluster.until("both are known", () -> cluster.map().nodes().size() == 2);
            SimulatedNode first = cluster.nodes.getFirst();
            SimulatedNode second = cluster.nodes.getLast();
            try (RunningHttp here = door("two/w", TWO, Map.of(), (_, _, command) -> ask(cluster, first, command));
                    RunningHttp there = door("two/w", TWO, Map.of(), (_, _, command) -> ask(cluster, second, command));
                    RunningHttp source = door(
                            "one/w",
                            ONE,
                            Map.of("two/w", rest(here)),
                            (_, _, command) -> CompletableFuture.completedStage(left.apply(1, Entry.of(1, command))))) {
                String mine = new JwtIssuer(ONE)
                        .issueGuest(ANN, "Ann", System.currentTimeMillis())
                        .token();
                Transfers.Prepared prepared =
                        Transfers.prepare(http, rest(source), mine, "two/w", 41).join();
                String token = Transfers.redeem(http, prepared).join();
                assertThat(new JwtVerifier(TWO).verify(token, System.currentTimeMillis()))
                        .isInstanceOfSatisfying(TokenCheck.Accepted.class, accepted -> {
                            assertThat(accepted.token().character()).isEqualTo(ANN);
                            assertThat(accepted.token().ackedSeq()).isEqualTo(41);
                        });

                Transfers.Prepared again =
                        new Transfers.Prepared(prepared.token(), URI.create(rest(there) + "/transfers/redeem"));
                assertThat(refusal(http, again))
                        .isEqualTo("the server answered 409: the token of " + ANN + " was redeemed already");
                cluster.leader().close();
                Cluster.until(
                        "another one leads", () -> cluster.coordinators.stream().anyMatch(Coordinator::leads));
                assertThat(refusal(http, again))
                        .isEqualTo("the server answered 409: the token of " + ANN + " was redeemed already");
                Transfers.Prepared astray =
                        new Transfers.Prepared(prepared.token(), URI.create(rest(source) + "/transfers/redeem"));
                assertThat(refusal(http, astray))
                        .isEqualTo("the server answered 403: this token leads to two/w, here is one/w");
            }
        }
    }
}
