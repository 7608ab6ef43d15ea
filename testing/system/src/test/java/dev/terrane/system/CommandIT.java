package dev.terrane.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.protocol.client.ClientCodec;
import dev.terrane.protocol.client.ClientMessage.Hello;
import dev.terrane.protocol.client.ProtocolVersion;
import dev.terrane.protocol.client.ServerMessage.Event;
import dev.terrane.protocol.client.ServerMessage.Welcome;
import dev.terrane.sdk.ClientListener;
import dev.terrane.sdk.ClientOptions;
import dev.terrane.sdk.CommandAnswer;
import dev.terrane.sdk.ReconnectPolicy;
import dev.terrane.sdk.TerraneClient;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Durable commands from a client's hand to a cell and back, over the real server and its Postgres, also when the server is killed in between. */
class CommandIT {
    private static final ReconnectPolicy PATIENT = new ReconnectPolicy(50, 500, 100_000);
    private static final String VOTE = "cmd.hex.vote";
    private static final int KILL_COUNT = 3;
    private static final int CLIENT_COUNT = 4;
    private static final int COMMANDS_BETWEEN_KILLS = 12;

    @TempDir
    Path data;

    @Test
    void answersBySocketAndByHttpAndKnowsARequestAgain() throws Exception {
        try (ServerProcess server = ServerProcess.start(data);
                HttpClient http = HttpClient.newHttpClient()) {
            String token = RawClient.guestToken(server);
            try (TerraneClient ada = connect(server, token, http)) {
                CommandAnswer bySocket = vote(ada, "r-1", 0).get(60, TimeUnit.SECONDS);
                assertThat(bySocket)
                        .isInstanceOfSatisfying(
                                CommandAnswer.Refused.class,
                                refused -> assertThat(refused.errorCode()).isEqualTo("NO_SHARE"));
                assertThat(vote(ada, "r-1", 0).get(60, TimeUnit.SECONDS)).isEqualTo(bySocket);
                CommandAnswer other = vote(ada, "r-1", 1).get(60, TimeUnit.SECONDS);
                assertThat(((CommandAnswer.Refused) other).errorCode())
                        .as("the same region, another candidate")
                        .isEqualTo("CONFLICT");
            }
            HttpResponse<String> byHttp = post(http, server, token, "r-2");
            assertThat(byHttp.statusCode()).isEqualTo(200);
            assertThat(byHttp.body()).contains("\"done\":false", "NO_SHARE");
            assertThat(post(http, server, token, "r-2").body()).isEqualTo(byHttp.body());
            assertThat(post(http, server, "nonsense", "r-3").statusCode()).isEqualTo(401);
        }
    }

    /** It happens while another client of the same player is told; the first one comes back by its resume token and has not heard of it. */
    @Test
    void tellsAClientThatComesBackWhatHasHappenedMeanwhile() throws Exception {
        try (ServerProcess server = ServerProcess.start(data);
                HttpClient http = HttpClient.newHttpClient()) {
            String token = RawClient.guestToken(server);
            String resumeToken;
            try (RawClient first = hello(server, token, "")) {
                resumeToken = first.await(Welcome.class).resumeToken();
            }
            Event happened;
            try (RawClient witness = hello(server, token, "")) {
                witness.await(Welcome.class);
                Awaitility.await("the offers are up")
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> offers(http, server, token).contains("\"id\":\"hex\""));
                String trade = "{\"offer\":\"hex\",\"quantity\":5,\"target\":\"region:0,0\"}";
                assertThat(post(http, server, token, "cmd.trade.accept", "t-1", trade)
                                .statusCode())
                        .isEqualTo(200);
                happened = ended(witness);
            }
            try (RawClient again = hello(server, token, resumeToken)) {
                assertThat(ended(again).id()).isEqualTo(happened.id());
            }
        }
    }

    private static RawClient hello(ServerProcess server, String token, String resumeToken) {
        RawClient client = RawClient.connect(server, token);
        client.send(ClientCodec.encode(
                new Hello(ProtocolVersion.MAJOR, ProtocolVersion.MINOR, "", "Ada", resumeToken, "system-test/1.0")));
        return client;
    }

    /** How the trade ended, as this client hears it. */
    private static Event ended(RawClient client) {
        Event heard = client.await(Event.class);
        while (!heard.topic().equals("evt.trade.ended")) {
            heard = client.await(Event.class);
        }
        return heard;
    }

    private static String offers(HttpClient http, ServerProcess server, String token) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(server.http("/api/v1/offers"))
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void tellsEachCommandsResultOnceWhenTheServerIsKilledInBetween() throws Exception {
        long seed = Long.getLong("commands.seed", System.nanoTime());
        System.out.println("CommandIT: -Dcommands.seed=" + seed);
        Random random = new Random(seed);
        List<CompletableFuture<CommandAnswer>> told = new ArrayList<>();
        List<TerraneClient> clients = new ArrayList<>();
        ServerProcess server = ServerProcess.start(data);
        int port = server.port();
        // Not closed: that would wait for the clients' sockets, which are closed after it.
        HttpClient http = HttpClient.newHttpClient();
        try {
            for (int i = 0; i < CLIENT_COUNT; i++) {
                clients.add(connect(server, RawClient.guestToken(server), http));
            }
            for (int kill = 0; kill < KILL_COUNT; kill++) {
                for (int i = 0; i < COMMANDS_BETWEEN_KILLS; i++) {
                    for (TerraneClient client : clients) {
                        told.add(vote(client, "r-" + kill + "-" + i, i));
                    }
                }
                // Killed while some have their results, and others are in the lane or not even there.
                told.get(told.size() - 1 - random.nextInt(told.size() / 2)).get(120, TimeUnit.SECONDS);
                server.kill();
                server = ServerProcess.startOn(port, data);
            }
            for (CompletableFuture<CommandAnswer> each : told) {
                assertThat(each.get(120, TimeUnit.SECONDS))
                        .isInstanceOfSatisfying(
                                CommandAnswer.Refused.class,
                                refused -> assertThat(refused.errorCode()).isEqualTo("NO_SHARE"));
            }
        } finally {
            clients.forEach(TerraneClient::close);
            server.close();
        }
    }

    private static TerraneClient connect(ServerProcess server, String token, HttpClient http) {
        return TerraneClient.connect(
                ClientOptions.guest(server.socket(), "Ada", http)
                        .withToken(token)
                        .withReconnect(PATIENT),
                new ClientListener() {});
    }

    private static CompletableFuture<CommandAnswer> vote(TerraneClient client, String requestId, int candidate) {
        return client.command(VOTE, 1, requestId, payload(candidate).getBytes(StandardCharsets.UTF_8));
    }

    private static String payload(int candidate) {
        return "{\"a\":0,\"b\":0,\"candidate\":\"character:00000000-0000-0000-0000-00000000000%x\"}"
                .formatted(candidate);
    }

    private static HttpResponse<String> post(HttpClient http, ServerProcess server, String token, String requestId)
            throws Exception {
        return post(http, server, token, VOTE, requestId, payload(0));
    }

    private static HttpResponse<String> post(
            HttpClient http, ServerProcess server, String token, String type, String requestId, String payload)
            throws Exception {
        String body = "{\"type\":\"%s\",\"requestId\":\"%s\",\"payload\":%s}".formatted(type, requestId, payload);
        return http.send(
                HttpRequest.newBuilder(server.http("/api/v1/commands"))
                        .header("Authorization", "Bearer " + token)
                        .header("Prefer", "wait=20")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
