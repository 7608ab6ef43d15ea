package dev.terrane.server.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.terrane.coordinator.NodeInfo.Role;
import dev.terrane.json.JsonTree;
import dev.terrane.server.config.ConfigLoader;
import dev.terrane.server.config.TerraneConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CoordinatorCallsTest {
    private record Answer(int status, String body) {}

    private record Asked(String path, String authorization, String body) {}

    private final List<HttpServer> servers = new ArrayList<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Map<HttpServer, Answer> answers = new ConcurrentHashMap<>();

    @BeforeEach
    void start() throws IOException {
        for (int i = 0; i < 2; i++) {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> answer(server, exchange));
            server.start();
            servers.add(server);
        }
    }

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void asksTheNextCoordinatorWhenOneDoesNotLead() throws IOException {
        answers.put(servers.get(0), new Answer(421, "{\"error_code\":\"x\",\"reason\":\"c2 leads\"}"));
        answers.put(servers.get(1), new Answer(202, ""));

        try (CoordinatorCalls calls = calls()) {
            assertThat(calls.drain("s1", true, "new kernel")).isEmpty();
        }

        assertThat(asked)
                .hasSize(2)
                .allSatisfy(one -> assertThat(one.path).isEqualTo("/api/v1/cluster/nodes/s1/drain"));
        JsonTree body = JsonTree.read(asked.getLast().body);
        assertThat(body.get("draining").isTrue()).isTrue();
        assertThat(body.get("reason").text()).isEqualTo("new kernel");
    }

    @Test
    void comesAsAnAdministratorForAMinute() throws IOException {
        answers.put(servers.get(0), new Answer(200, ""));

        try (CoordinatorCalls calls = calls()) {
            assertThat(calls.move("skirmish/0,0/0", "s2", "nearer")).isEmpty();
        }

        String claims =
                asked.getFirst().authorization.substring("Bearer ".length()).split("\\.")[1];
        JsonTree token = JsonTree.read(new String(Base64.getUrlDecoder().decode(claims), StandardCharsets.UTF_8));
        assertThat(token.get("roles").items()).extracting(JsonTree::text).containsExactly("admin");
        assertThat(token.get("sub").text()).isEqualTo("ada");
        assertThat(token.get("exp").number() - token.get("iat").number()).isEqualTo(60);
    }

    @Test
    void saysWhyItWasRefusedAndAsksNobodyElse() {
        answers.put(servers.get(0), new Answer(409, "{\"error_code\":\"x\",\"reason\":\"s2 is being drained\"}"));

        try (CoordinatorCalls calls = calls()) {
            assertThat(calls.move("skirmish/0,0/0", "s2", "nearer")).isEqualTo("s2 is being drained");
        }
        assertThat(asked).hasSize(1);
    }

    @Test
    void cannotWhenNobodyCan() {
        servers.forEach(
                server -> answers.put(server, new Answer(503, "{\"error_code\":\"x\",\"reason\":\"nobody leads\"}")));

        try (CoordinatorCalls calls = calls()) {
            assertThatThrownBy(() -> calls.drain("s1", true, ""))
                    .isInstanceOf(ClusterUnusableException.class)
                    .hasMessageContaining("nobody leads");
            assertThat(calls.cluster()).isEmpty();
        }
    }

    @Test
    void countsTheCellsOfEachSim() {
        servers.forEach(server -> answers.put(server, new Answer(200, """
                        {"leader":"c1","nodes":[{"node":"s1","draining":true}],
                         "cells":[{"cell":"a","owner":"s1","standby":"s2","epoch":3},{"cell":"b","owner":"s1","standby":"","epoch":4}]}
                        """)));

        try (CoordinatorCalls calls = calls()) {
            ClusterView view = ClusterView.of(facts(), calls);

            assertThat(view.nodes()).extracting(ClusterView.SeenNode::owned).containsExactly(0, 0, 2);
            assertThat(view.nodes().getLast().said().get("draining").isTrue()).isTrue();
            assertThat(view.whole()).isTrue();
        }
    }

    private CoordinatorCalls calls() {
        return new CoordinatorCalls(facts(), config(), "ada");
    }

    private static TerraneConfig config() {
        return ConfigLoader.load(null, Map.of(), Map.of()).config();
    }

    private ClusterFacts facts() {
        List<NodeFacts> nodes = new ArrayList<>();
        ProcessFacts self = ProcessFacts.of(ProcessHandle.current());
        for (HttpServer server : servers) {
            nodes.add(new NodeFacts(
                    "c" + (nodes.size() + 1),
                    Role.COORDINATOR,
                    new NodeFacts.Ports(server.getAddress().getPort(), 1, 1),
                    NodeFacts.Place.LOOPBACK,
                    Path.of("log"),
                    self));
        }
        nodes.add(new NodeFacts(
                "s1", Role.SIM, new NodeFacts.Ports(1, 1, 0), NodeFacts.Place.LOOPBACK, Path.of("log"), self));
        return new ClusterFacts(self, new ClusterFacts.Door(1, ""), "", "", nodes);
    }

    private void answer(HttpServer server, HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(new Asked(
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestHeaders().getFirst("Authorization"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            Answer answer = answers.getOrDefault(server, new Answer(404, ""));
            byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
