package dev.terrane.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.terrane.cell.WorldSchema;
import dev.terrane.games.skirmish.Skirmish;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.server.types.WorldTypes;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The words of {@code terrane generate}, with jars, and a server that says what it is told to. */
class GenerateCommandTest {
    private static final Path PAGE_TYPES = Path.of("../../games/skirmish/page/src/net/skirmishGame.ts");

    @TempDir
    Path folder;

    private final HttpServer server;
    private final Map<String, String> answers = new HashMap<>();
    private final StringWriter err = new StringWriter();

    GenerateCommandTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        server.createContext("/", exchange -> {
            try (exchange) {
                String answer = answers.get(exchange.getRequestURI().toString());
                byte[] body = (answer == null ? "{}" : answer).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(answer == null ? 404 : 200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private int run(String... words) {
        CommandLine main = Main.commandLine();
        main.setOut(new PrintWriter(new StringWriter()));
        main.setErr(new PrintWriter(err, true));
        String[] line = new String[words.length + 2];
        line[0] = "generate";
        line[1] = "ts";
        System.arraycopy(words, 0, line, 2, words.length);
        return main.execute(line);
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The classes come from the class path. */
    private String jar(String... games) throws IOException {
        Path jar = folder.resolve("game" + games.length + ".jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(
                    new ZipEntry(games.length == 0 ? "other" : "META-INF/services/" + WorldPlugin.class.getName()));
            out.write((String.join("\n", games) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return jar.toString();
    }

    private void offer(String... worlds) {
        answers.put(
                "/api/v1/worlds",
                "{\"worlds\":["
                        + String.join(
                                ",",
                                List.of(worlds).stream()
                                        .map("{\"name\":\"%s\"}"::formatted)
                                        .toList()) + "]}");
        List<WorldPlugin> plugins = List.of(new Skirmish());
        for (String world : worlds) {
            answers.put("/api/v1/worlds/" + world + "/schema", WorldTypes.json(plugins, WorldSchema.of(plugins)));
        }
    }

    @Test
    void keepsTheTypesOfTheSkirmishPageAsTheGameDeclaresThem() throws IOException {
        assertThat(run("--world", jar(Skirmish.class.getName()), "--out", PAGE_TYPES.toString(), "--check"))
                .as(
                        "%srun ./terrane generate ts --world games/skirmish/target/terrane-skirmish-0.1.0-SNAPSHOT.jar"
                                + " --out games/skirmish/page/src/net/skirmishGame.ts",
                        err)
                .isZero();
    }

    @Test
    void writesTheSameFromAJarAndFromAServer() throws IOException {
        offer("arena");
        Path here = folder.resolve("new/folder/here.ts");
        Path there = folder.resolve("there.ts");
        assertThat(run("--world", jar(Skirmish.class.getName()), "--out", here.toString()))
                .isZero();
        assertThat(run("--world", url() + "/", "--out", there.toString())).isZero();
        assertThat(there).hasSameTextualContentAs(here);
        assertThat(here).content().contains("export interface Skirmish {", "'skirmish.craft': {", "FIRE: 1,");
    }

    @Test
    void saysFromWhereOnAFileDiffers() throws IOException {
        String jar = jar(Skirmish.class.getName());
        Path file = folder.resolve("game.ts");
        assertThat(run("--world", jar, "--out", file.toString(), "--check")).isEqualTo(1);
        assertThat(err.toString()).contains("there is no " + file);
        run("--world", jar, "--out", file.toString());
        assertThat(run("--world", jar, "--out", file.toString(), "--check")).isZero();
        Files.writeString(file, Files.readString(file).replace("'skirmish.craft'", "'skirmish.boat'"));
        assertThat(run("--world", jar, "--out", file.toString(), "--check")).isEqualTo(1);
        assertThat(err.toString())
                .containsPattern(
                        "game.ts is not what the game declares, from line \\d\\d on; run: terrane generate ts");
        assertThat(file).content().contains("'skirmish.boat'");
    }

    @Test
    void wantsToKnowWhichOfSeveralWorlds() {
        offer("arena", "sector");
        String file = folder.resolve("game.ts").toString();
        assertThat(run("--world", url(), "--out", file)).isEqualTo(2);
        assertThat(err.toString()).contains("has the worlds [arena, sector]; say which: --world-name");
        assertThat(run("--world", url(), "--world-name", "forest", "--out", file))
                .isEqualTo(2);
        assertThat(err.toString()).contains("has no world 'forest', but [arena, sector]");
        assertThat(run("--world", url(), "--world-name", "sector", "--out", file))
                .isZero();
    }

    @Test
    void refusesWhatIsNoWorld() throws IOException {
        String file = folder.resolve("game.ts").toString();
        assertThat(run("--world", jar(), "--out", file)).isEqualTo(2);
        assertThat(err.toString()).contains("game0.jar is no plugin with a game");
        assertThat(run("--world", jar("no.such.Game"), "--out", file)).isEqualTo(2);
        assertThat(err.toString()).contains("lists a game that cannot be loaded");
        assertThat(run("--world", folder.resolve("gone.jar").toString(), "--out", file))
                .isEqualTo(2);
        assertThat(err.toString()).contains("gone.jar is neither a jar nor a URL");
        assertThat(run("--world", url(), "--out", file)).isEqualTo(2);
        assertThat(err.toString()).contains("/api/v1/worlds answered 404; is this a server of Terrane");
        assertThat(run("--world", "http://127.0.0.1:1", "--out", file)).isEqualTo(2);
        assertThat(err.toString()).contains("http://127.0.0.1:1/api/v1/worlds cannot be read: ");
        assertThat(run("--world", "http:///nowhere", "--out", file)).isEqualTo(2);
        assertThat(err.toString()).contains("'http:///nowhere' names no server");
        assertThat(Path.of(file)).doesNotExist();
    }
}
