package dev.terrane.bench.load.bots;

import dev.terrane.base.CharacterId;
import dev.terrane.jwt.JwtIssuer;
import dev.terrane.jwt.JwtSecret;
import dev.terrane.jwt.JwtSettings;
import dev.terrane.server.config.TerraneConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.function.IntFunction;

/** The bots' process. Its arguments are a {@link BotPlan}; it tells by lines how it goes and what it found. */
public final class BotMain {
    /** Characters of the bench, by number: the same ones come back in each run. */
    private static final long CHARACTERS = 0x7E55A4E0_00004000L;

    private BotMain() {}

    public static void main(String[] arguments) throws IOException {
        new BotSwarm(BotPlan.parse(arguments), tokens()).run();
        System.exit(0); // the HTTP client that nobody uses has threads
    }

    /** The server runs with the development secret, so anybody may sign. */
    private static IntFunction<String> tokens() {
        JwtIssuer issuer = new JwtIssuer(new JwtSettings(
                JwtSecret.of(TerraneConfig.Jwt.DEVELOPMENT_SECRET),
                "terrane",
                Duration.ofHours(1),
                Duration.ofSeconds(30)));
        return number -> issuer.issue(
                        new CharacterId(new UUID(CHARACTERS, Long.MIN_VALUE | number)),
                        "bot-" + number,
                        System.currentTimeMillis())
                .token();
    }
}
