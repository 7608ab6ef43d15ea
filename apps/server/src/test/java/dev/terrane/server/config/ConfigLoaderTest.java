package dev.terrane.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.terrane.conditions.LinkConditions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
    @TempDir
    Path folder;

    @Test
    void givesDefaultsWithoutAnyInput() {
        ConfigLoader.Loaded loaded = ConfigLoader.load(null, Map.of(), Map.of());

        assertThat(loaded.config().simulation().simulationHz()).isEqualTo(20);
        assertThat(loaded.config().world().partition()).startsWith("hex;");
        assertThat(origin(loaded, "server.port")).isEqualTo("default");
    }

    @Test
    void prefersFlagOverEnvironmentOverFile() throws IOException {
        Path file = write("server: { port: 1000, env: file }\nsimulation: { simulationHz: 40 }\n");

        ConfigLoader.Loaded loaded = ConfigLoader.load(
                file,
                Map.of("TERRANE_SERVER_PORT", "2000", "TERRANE_SIMULATION_SIMULATION_HZ", "60"),
                Map.of("server.port", "3000"));

        assertThat(loaded.config().server().port()).isEqualTo(3000);
        assertThat(loaded.config().simulation().simulationHz()).isEqualTo(60);
        assertThat(loaded.config().server().env()).isEqualTo("file");
        assertThat(origin(loaded, "server.port")).isEqualTo("command line");
        assertThat(origin(loaded, "simulation.simulationHz")).isEqualTo("environment TERRANE_SIMULATION_SIMULATION_HZ");
        assertThat(origin(loaded, "server.env")).contains("terrane.yaml");
    }

    @Test
    void letsNobodyStandAboveThePlanInProductionUnlessToldTo() {
        assertThat(allowsOverrides(Map.of())).isTrue();
        assertThat(allowsOverrides(Map.of("server.env", "stage"))).isTrue();
        assertThat(allowsOverrides(Map.of("server.env", "prod"))).isFalse();
        assertThat(allowsOverrides(Map.of("server.env", "Production"))).isFalse();
        assertThat(allowsOverrides(Map.of("server.env", "prod", "cluster.overrides", "on")))
                .isTrue();
        assertThat(allowsOverrides(Map.of("cluster.overrides", "off"))).isFalse();
    }

    @Test
    void namesWhatIsWrongWithTransfers() {
        ConfigException wrong = catchThrowableOfType(
                ConfigException.class,
                () -> ConfigLoader.load(
                        null, Map.of(), Map.of("cluster.transferTo", "two", "cluster.transferSecret", "short")));
        assertThat(wrong)
                .hasMessageContaining("cluster.transferTo")
                .hasMessageContaining("'two' must be like")
                .hasMessageContaining("cluster.transferSecret must have at least 32 bytes")
                .hasMessageNotContaining("short");
        assertThat(TransferDestinations.parse(List.of("two/skirmish=http://h:1/api/v1")))
                .containsOnlyKeys("two/skirmish");
    }

    @Test
    void makesLinksWorseOnlyInDevelopment() {
        assertThat(ConfigLoader.load(null, Map.of(), Map.of("dev.link", "rtt=100,jitter=20"))
                        .config()
                        .dev()
                        .conditions())
                .isEqualTo(new LinkConditions(100, 20, 0, 0, 0, 0));
        assertThat(ConfigLoader.load(null, Map.of(), Map.of("server.env", "prod"))
                        .config()
                        .dev()
                        .conditions()
                        .isNone())
                .isTrue();
        assertThat(refusedLink("rtt=100", "prod"))
                .hasMessageContaining("dev.link: 'rtt=100' makes players' networks worse")
                .hasMessageContaining("server.env = dev does; here it is 'prod'");
        assertThat(refusedLink("rtt=100,jitter=9999", "dev"))
                .hasMessageContaining("dev.link: jitter=9999 must be 0 to 1000 ms");
    }

    private static ConfigException refusedLink(String link, String environment) {
        return catchThrowableOfType(
                ConfigException.class,
                () -> ConfigLoader.load(null, Map.of(), Map.of("dev.link", link, "server.env", environment)));
    }

    @Test
    void letsNobodyInOverTcpWithoutTlsByMistake() {
        Map<String, String> open =
                Map.of("server.tcp.enabled", "true", "server.host", "0.0.0.0", "auth.jwt.secret", "s".repeat(32));
        assertThat(catchThrowableOfType(ConfigException.class, () -> ConfigLoader.load(null, Map.of(), open)))
                .hasMessageContainingAll(
                        "server.tcp.enabled", "0.0.0.0", "server.tcp.tls.certFile", "server.tcp.plaintext: true");
        for (Map<String, String> good : List.of(
                Map.of("server.tcp.plaintext", "true"),
                Map.of("server.tcp.tls.certFile", "own.pem", "server.tcp.tls.keyFile", "own.key"),
                Map.of("server.tls.certFile", "all.pem", "server.tls.keyFile", "all.key"),
                Map.of("server.host", "127.0.0.1"))) {
            Map<String, String> all = new HashMap<>(open);
            all.putAll(good);
            assertThat(ConfigLoader.load(null, Map.of(), all)
                            .config()
                            .server()
                            .tcp()
                            .enabled())
                    .isTrue();
        }
    }

    @Test
    void saysWhatIsWrongWithTheTlsOfTcp() {
        assertThat(catchThrowableOfType(
                        ConfigException.class,
                        () -> ConfigLoader.load(
                                null,
                                Map.of(),
                                Map.of("server.tcp.tls.certFile", "own.pem", "server.tcp.plaintext", "true"))))
                .hasMessageContainingAll(
                        "server.tcp.tls.certFile and server.tcp.tls.keyFile must be given together",
                        "server.tcp.plaintext = true and server.tcp.tls.certFile exclude each other");
    }

    @Test
    void takesTheServersCertificateForTcpUnlessItHasItsOwn() {
        TlsConfig all = new TlsConfig("all.pem", "all.key");
        TcpConfig.Tls none = new TcpConfig.Tls("", "");
        TcpConfig.Tls own = new TcpConfig.Tls("own.pem", "own.key");
        assertThat(new TcpConfig(true, 0, false, own).pair(all)).isEqualTo(own);
        assertThat(new TcpConfig(true, 0, false, none).pair(all)).isEqualTo(new TcpConfig.Tls("all.pem", "all.key"));
        assertThat(new TcpConfig(true, 0, true, none).pair(all)).isEqualTo(none);
    }

    private static boolean allowsOverrides(Map<String, String> flags) {
        TerraneConfig config = ConfigLoader.load(null, Map.of(), flags).config();
        return config.cluster().allowsOverrides(config.server().env());
    }

    @Test
    void refusesFlagThatIsNoKey() {
        assertThat(catchThrowableOfType(
                        ConfigException.class, () -> ConfigLoader.load(null, Map.of(), Map.of("world.lingr", "10"))))
                .hasMessageContainingAll("world.lingr (from the command line) is no key", "world.linger");
    }

    @Test
    void hidesPasswordsInTheDatabasesUrl() {
        for (String url : new String[] {
            "postgresql://ann:swordfish@db/game", "jdbc:postgresql://db/game?user=ann&password=swordfish&ssl=true"
        }) {
            ConfigLoader.Loaded loaded = ConfigLoader.load(null, Map.of(), Map.of("database.url", url));
            assertThat(loaded.origins().entries().get("database.url"))
                    .asString()
                    .contains("db/game", "(hidden)")
                    .doesNotContain("swordfish");
        }
    }

    @Test
    void reportsEveryMistakeAtOnceWithKeyValueAndRange() throws IOException {
        Path file = write("server: { prot: 1 }\nsimulation: { simulationHz: 500 }\nlog: { format: xml }\n");

        ConfigException refused = catchThrowableOfType(
                ConfigException.class, () -> ConfigLoader.load(file, Map.of("TERRANE_AOI_RADIUS", "wide"), Map.of()));

        assertThat(refused.mistakes()).hasSize(4);
        assertThat(refused)
                .hasMessageContaining("server.prot")
                .hasMessageContaining("server.port")
                .hasMessageContaining("simulation.simulationHz = '500'")
                .hasMessageContaining("1 to 120 Hz")
                .hasMessageContaining("log.format = 'xml'")
                .hasMessageContaining("aoi.radius = 'wide' (from environment TERRANE_AOI_RADIUS) must be a number");
    }

    @Test
    void refusesTheBuiltInSecretBeyondLoopback() {
        ConfigException refused = catchThrowableOfType(
                ConfigException.class, () -> ConfigLoader.load(null, Map.of(), Map.of("server.host", "0.0.0.0")));

        assertThat(refused).hasMessageContaining("auth.jwt.secret").hasMessageContaining("TERRANE_AUTH_JWT_SECRET");
    }

    @Test
    void neverShowsASecret() {
        ConfigLoader.Loaded loaded = ConfigLoader.load(
                null, Map.of("TERRANE_AUTH_JWT_SECRET", "0123456789abcdef0123456789abcdef"), Map.of());

        assertThat(loaded.origins().toString()).doesNotContain("0123456789abcdef");
        assertThat(loaded.config().toString()).doesNotContain("0123456789abcdef");
    }

    @Test
    void readsListsInBothForms() throws IOException {
        Path file = write("server:\n  corsOrigins:\n    - https://a.example\n    - https://b.example\n");

        assertThat(ConfigLoader.load(file, Map.of(), Map.of()).config().server().corsOrigins())
                .containsExactly("https://a.example", "https://b.example");
        assertThat(ConfigLoader.load(null, Map.of("TERRANE_SERVER_CORS_ORIGINS", "https://c.example"), Map.of())
                        .config()
                        .server()
                        .corsOrigins())
                .containsExactly("https://c.example");
    }

    @Test
    void resolvesModulesAgainstTheFileThatNamesThem() throws IOException {
        Path modules = folder.resolve("modules.json");
        Files.writeString(modules, """
                {"modules": [
                  {"name": "a", "entry": "./plugins/a.jar", "target": "world", "options": {"drones": 3}},
                  {"name": "b", "entry": "/opt/b.jar", "target": "all"},
                  {"name": "c", "entry": "org.example:c:1.0", "target": "gateway"}]}
                """);

        var loaded = ConfigLoader.load(null, Map.of("TERRANE_MODULES_CONFIG_FILE", modules.toString()), Map.of());

        assertThat(loaded.config().modules())
                .containsExactly(
                        new ModuleConfig(
                                "a", folder.resolve("plugins/a.jar").toString(), "world", Map.of("drones", "3")),
                        new ModuleConfig("b", "/opt/b.jar", "all", Map.of()),
                        new ModuleConfig("c", "org.example:c:1.0", "gateway", Map.of()));
    }

    @Test
    void refusesAModuleWithAnUnknownTarget() throws IOException {
        Path file = write("modules:\n  - { name: a, entry: x.Y, target: moon }\n");

        ConfigException refused =
                catchThrowableOfType(ConfigException.class, () -> ConfigLoader.load(file, Map.of(), Map.of()));

        assertThat(refused).hasMessageContaining("modules[0]").hasMessageContaining("'moon'");
    }

    private static String origin(ConfigLoader.Loaded loaded, String key) {
        return Objects.requireNonNull(loaded.origins().entries().get(key)).origin();
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(folder.resolve("terrane.yaml"), yaml);
    }
}
