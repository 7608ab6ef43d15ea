package dev.terrane.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.terrane.json.JsonTree;
import dev.terrane.jwt.AdminVerifier;
import dev.terrane.jwt.JwtSecret;
import dev.terrane.jwt.JwtSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The words of {@code terrane admin}, against a coordinator that says what it is told to. */
class AdminCommandTest {
    @TempDir
    Path folder;

    private final HttpServer coordinator;
    private final Map<String, Answer> answers = new HashMap<>();
    private final List<Asked> asked = new ArrayList<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private record Answer(int status, String body) {}

    private record Asked(String what, String authorization, String body) {}

    AdminCommandTest() throws IOException {
        coordinator = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() throws IOException {
        coordinator.createContext("/", this::answer);
        coordinator.start();
        Files.writeString(folder.resolve("token"), "ann's token\n");
    }

    @AfterEach
    void stop() {
        coordinator.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String what = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            asked.add(new Asked(
                    what,
                    exchange.getRequestHeaders().getFirst("Authorization"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            Answer answer = answers.getOrDefault(what, new Answer(404, ""));
            byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private int run(String... words) {
        List<String> line = new ArrayList<>(List.of("admin"));
        line.addAll(List.of(words));
        line.addAll(
                List.of("--url", url(), "--token-file", folder.resolve("token").toString()));
        return plain(line.toArray(String[]::new));
    }

    private int plain(String... line) {
        CommandLine main = Main.commandLine();
        main.setOut(new PrintWriter(out, true));
        main.setErr(new PrintWriter(err, true));
        return main.execute(line);
    }

    private String url() {
        return "http://127.0.0.1:" + coordinator.getAddress().getPort();
    }

    @Test
    void showsATableForPeopleAndSendsTheTokenOfTheFile() {
        answers.put("GET /api/v1/cluster/epochs?cell=w%2F0%2C1%230", new Answer(200, """
                        {"cell":"w/0,1#0","phase":"held","owner":"s2","epoch":2,"spans":[
                          {"epoch":1,"owner":"s1","begun":"assigned","from":{"index":9,"term":1,"at_millis":1000},
                           "ended":"lost","to":{"index":12,"term":2,"at_millis":61000}},
                          {"epoch":2,"owner":"s2","begun":"promoted","from":{"index":13,"term":2}}]}
                        """));
        assertThat(run("epochs", "w/0,1#0")).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "EPOCH  OWNER  BEGUN     FROM                  TERM  ENDED  TO                    TERM",
                        "1      s1     assigned  1970-01-01T00:00:01Z  1     lost   1970-01-01T00:01:01Z  2",
                        "2      s2     promoted  -                     2     -      -                     -");
        assertThat(asked)
                .singleElement()
                .satisfies(one -> assertThat(one.authorization).isEqualTo("Bearer ann's token"));
    }

    @Test
    void putsThePagesOfALongListTogether() throws IOException {
        answers.put(
                "GET /api/v1/cluster/cells",
                new Answer(200, "{\"version\":3,\"cells\":[{\"cell\":\"a\"}],\"next\":\"w/0,0#0\"}"));
        answers.put(
                "GET /api/v1/cluster/cells?after=w%2F0%2C0%230",
                new Answer(200, "{\"version\":4,\"cells\":[{\"cell\":\"b\"}]}"));
        assertThat(run("cells", "--json")).isZero();
        JsonTree whole = JsonTree.read(out.toString());
        assertThat(whole.get("cells").items())
                .extracting(cell -> cell.get("cell").text())
                .containsExactly("a", "b");
        assertThat(whole.get("next").there()).isFalse();
    }

    @Test
    void saysWhyAndWhatWasOrdered() throws IOException {
        answers.put("POST /api/v1/cluster/cells/move", new Answer(200, "{\"index\":17,\"term\":2}"));
        assertThat(run("move", "w/0,1#0", "s2", "--reason", "nearer")).isZero();
        assertThat(out.toString().strip()).isEqualTo("w/0,1#0 moves to s2; entry 17 of the log");
        JsonTree body = JsonTree.read(asked.getFirst().body);
        assertThat(body.get("cell").text()).isEqualTo("w/0,1#0");
        assertThat(body.get("reason").text()).isEqualTo("nearer");
        assertThat(run("move", "w/0,1#0", "s2")).as("without a reason").isEqualTo(2);
        assertThat(asked).hasSize(1);
    }

    @Test
    void namesWhoDidNotAnswerAndTellsCharactersFromEntities() {
        answers.put("GET /api/v1/cluster/timeline?entity=12%3A4711", new Answer(200, """
                        {"events":[{"at_millis":1000,"node":"s1","cell":"w/0,0#0","epoch":1,"tick":20,"what":"left",
                          "other":"w/1,0#0","entity":"12:4711","ownership":2}],"silent":["s2"],"cut":true}
                        """));
        assertThat(run("entity", "12:4711")).isZero();
        assertThat(out.toString().lines().skip(1))
                .containsExactly(
                        "1970-01-01T00:00:01Z  s1    w/0,0#0  1      20    left  w/1,0#0     12:4711  2",
                        "there was more",
                        "no answer from s2");
        assertThat(run("entity", "3f0c1a52-8a6e-4b0e-9a51-0d6c0a6f7a11")).isEqualTo(1);
        assertThat(asked.getLast().what)
                .isEqualTo("GET /api/v1/cluster/timeline?character=3f0c1a52-8a6e-4b0e-9a51-0d6c0a6f7a11");
    }

    @Test
    void beginsATraceOfWhateverIsNamed() throws IOException {
        answers.put(
                "POST /api/v1/cluster/traces",
                new Answer(200, "{\"id\":\"t1\",\"session\":\"s9\",\"until_millis\":1000,\"author\":\"admin ann\"}"));
        assertThat(run("trace", "begin", "s9", "--reason", "ticket 17")).isZero();
        assertThat(out.toString().strip()).isEqualTo("t1  session s9  by admin ann until 1970-01-01T00:00:01Z");
        JsonTree body = JsonTree.read(asked.getFirst().body);
        assertThat(body.get("session").text()).isEqualTo("s9");
        assertThat(body.get("seconds").number()).isEqualTo(60);
    }

    @Test
    void tellsARefusalFromATokenThatIsNoneAndFromNobodyThere() {
        String path = "POST /api/v1/cluster/nodes/s1/drain";
        answers.put(path, new Answer(404, "{\"error_code\":\"unknown_node\",\"reason\":\"no node s1\"}"));
        assertThat(run("drain", "s1", "--reason", "x")).isEqualTo(1);
        assertThat(err.toString()).contains("no node s1");
        answers.put(path, new Answer(401, "{\"error_code\":\"token_expired\",\"reason\":\"the token expired\"}"));
        assertThat(run("drain", "s1", "--reason", "x")).isEqualTo(2);
        assertThat(err.toString()).contains("the token expired");
        stop();
        assertThat(run("drain", "s1", "--reason", "x")).isEqualTo(2);
        assertThat(err.toString()).contains("no coordinator can do it now");
    }

    @Test
    void takesNoTokenAsAnArgumentAndNoneForGranted() {
        assertThat(plain("admin", "nodes", "--url", url(), "--token", "x")).isEqualTo(2);
        assertThat(plain("admin", "nodes", "--url", "ftp://x")).isEqualTo(2);
        assertThat(err.toString()).contains("--url must be like");
        assertThat(plain("admin", "nodes", "--url", url())).isEqualTo(2);
        assertThat(err.toString()).contains("an administrator's token is needed");
        assertThat(asked).isEmpty();
    }

    @Test
    void signsATokenThatCoordinatorsAccept() {
        String secret = "0123456789abcdef0123456789abcdef";
        assertThat(plain("admin", "token", "--name", "ann", "--hours", "1", "--set", "auth.jwt.secret=" + secret))
                .isZero();
        JwtSettings settings =
                new JwtSettings(JwtSecret.of(secret), "terrane", Duration.ofHours(1), Duration.ofSeconds(1));
        assertThat(new AdminVerifier(settings).verify(out.toString().strip(), System.currentTimeMillis()))
                .isEqualTo(new AdminVerifier.Check.Admin("ann"));
        out.getBuffer().setLength(0);
        String signs = "auth.jwt.secret=" + secret;
        assertThat(plain("admin", "token", "--name", "bob", "--hours", "1", "--viewer", "--set", signs))
                .isZero();
        assertThat(new AdminVerifier(settings).verify(out.toString().strip(), System.currentTimeMillis()))
                .isEqualTo(new AdminVerifier.Check.Viewer("bob"));
        assertThat(plain("admin", "token", "--name", "two words")).isEqualTo(2);
    }

    @Test
    void explainsItselfWithExamples() {
        assertThat(plain("admin", "--help")).isZero();
        for (String word : List.of(
                "nodes",
                "cells",
                "graph",
                "migrations",
                "epochs",
                "audit",
                "queues",
                "entity",
                "trace",
                "drain",
                "pin")) {
            assertThat(out.toString()).contains(word);
            assertThat(plain("admin", word, "--help")).isZero();
        }
        assertThat(out.toString()).contains("Examples:", "Exit codes: 0 done, 1 refused");
    }
}
