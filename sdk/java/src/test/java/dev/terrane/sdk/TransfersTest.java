package dev.terrane.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TransfersTest {
    private final HttpServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile String answer = "{}";

    TransfersTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        http.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(exchange.getRequestURI().getPath() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private URI rest() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/v1");
    }

    @Test
    void asksWithThePlayersTokenAndExchangesWhatItGot() {
        answer = "{\"token\":\"t.r.f\",\"destination\":\"two/w\",\"redeem_at\":\"" + rest() + "/transfers/redeem\"}";
        Transfers.Prepared prepared =
                Transfers.prepare(http, rest(), "mine", "two/w", 41).join();
        answer = "{\"token\":\"play\",\"character\":\"c\",\"world\":\"w\"}";
        assertThat(Transfers.redeem(http, prepared).join()).isEqualTo("play");
        assertThat(asked)
                .containsExactly(
                        "/api/v1/transfers Bearer mine {\"destination\":\"two/w\",\"last_seq\":41}",
                        "/api/v1/transfers/redeem Bearer t.r.f {}");
        assertThat(prepared.toString()).doesNotContain("t.r.f");
    }

    @Test
    void saysWhatTheServerAnswered() {
        status = 409;
        answer = "{\"error_code\":\"token_used\",\"reason\":\"was redeemed already\"}";
        Transfers.Prepared prepared = new Transfers.Prepared("t", rest());
        assertThatThrownBy(() -> Transfers.redeem(http, prepared).join())
                .hasRootCauseMessage("the server answered 409: was redeemed already");
        status = 200;
        answer = "{}";
        assertThatThrownBy(() -> Transfers.redeem(http, prepared).join())
                .hasRootCauseMessage("the answer holds no token");
        assertThatThrownBy(() -> Transfers.prepare(http, rest(), "mine", "two\"", 0))
                .hasMessage("'two\"' must be cluster/world");
    }
}
