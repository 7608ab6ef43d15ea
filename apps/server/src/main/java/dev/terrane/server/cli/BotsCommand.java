package dev.terrane.server.cli;

import dev.terrane.conditions.LinkConditions;
import dev.terrane.sdk.ClientOptions;
import dev.terrane.sdk.Trust;
import dev.terrane.sdk.bots.BotFleet;
import dev.terrane.sdk.bots.BotOptions;
import dev.terrane.sdk.bots.BotProgress;
import dev.terrane.sdk.bots.BotReport;
import dev.terrane.sdk.bots.Scenario;
import dev.terrane.server.logging.Logging;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lets many clients play and says what they got. */
@Command(
        name = "bots",
        mixinStandardHelpOptions = true,
        description = "Connects many real clients that play, and reports what they received.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  terrane bots --count 200 --duration 60s --scenario roam",
            "  terrane bots --count 50 --scenario fight --url ws://game.example:8080/ws",
            "  terrane bots --count 50 --url tls://game.example:8443 --ca authority.pem",
            "  terrane bots --count 200 --json",
            "  terrane bots --count 50 --link rtt=120,jitter=20,stall=300,stalls=6",
            "  terrane bots --count 20 --predict",
            "",
            "Exit codes: 0 no error, 1 any error (a bot that did not join, a lost connection, an Error message), 2 unusable options."
        })
final class BotsCommand implements Callable<Integer> {
    private static final int REST_PORT_DEFAULT = 8080;
    private static final Pattern DURATION = Pattern.compile("(\\d+)(ms|s|m|h)");

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "50",
            description = "How many (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "30s",
            description = "How long to measure once all have joined: 500ms, 60s, 5m, 1h (default: ${DEFAULT-VALUE}).")
    private String duration = "";

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            defaultValue = "roam",
            description =
                    "roam: everywhere; crowd: all in one place; fight: hunt the nearest (default: ${DEFAULT-VALUE}).")
    private String scenario = "";

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "ws://127.0.0.1:8080/ws",
            description = "The server: ws://, wss://, tls:// or tcp:// (default: ${DEFAULT-VALUE}).")
    private URI url = URI.create("ws://127.0.0.1:8080/ws");

    @Option(
            names = "--link",
            paramLabel = "CONDITIONS",
            defaultValue = "none",
            description =
                    "A worse network for each, at its own side: rtt=100,jitter=20,stall=300,stalls=6,kbps=2000, any of them (default: ${DEFAULT-VALUE}).")
    private String link = "";

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description =
                    "PEM file with the authority that has signed the server's certificate, if this machine does not know it.")
    private @Nullable Path authority;

    @Option(
            names = "--rest",
            paramLabel = "URL",
            description =
                    "Where guests get their tokens, and movement rules come from, for tls:// and tcp:// (default: port 8080 of the same host, by https or http).")
    private @Nullable URI rest;

    @Option(
            names = "--predict",
            description = {
                "Steer as players do: each input in time for its tick, and the own avatar predicted by the world's movement rule.",
                "Says how often that was wrong, and by how much. Takes more of this machine for each bot."
            })
    private boolean predict;

    @Option(names = "--json", description = "One JSON object instead of text.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Logging.quiet();
        BotOptions options = options();
        PrintWriter out = spec.commandLine().getOut();
        BotReport report = new BotFleet(options).run(this::show);
        clearLine();
        out.println(json ? report.toJson() : report.toText());
        out.flush();
        return report.errors() == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private BotOptions options() {
        try {
            return BotOptions.of(url, count, parse(duration), Scenario.parse(scenario))
                    .withTcp(tcp())
                    .withLink(conditions())
                    .withPredict(predict);
        } catch (IllegalArgumentException | IOException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }

    private LinkConditions conditions() {
        try {
            return LinkConditions.parse(link);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("link: " + e.getMessage(), e);
        }
    }

    private ClientOptions.Tcp tcp() throws IOException {
        URI guests = rest;
        if (guests == null) {
            String scheme = "tls".equals(url.getScheme()) ? "https" : "http";
            guests = URI.create(scheme + "://" + url.getHost() + ":" + REST_PORT_DEFAULT);
        }
        Path file = authority;
        return new ClientOptions.Tcp(guests, file == null ? null : Trust.in(file));
    }

    private static Duration parse(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "duration '" + text + "' must be a whole number with ms, s, m or h, for example 60s");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    private void show(BotProgress progress) {
        PrintWriter err = spec.commandLine().getErr();
        String line = progress.elapsedSeconds() == 0
                ? "joining: %d of %d".formatted(progress.joined(), progress.count())
                : "%d of %d s: %d bots, %.1f snapshots/s each, %d errors"
                        .formatted(
                                progress.elapsedSeconds(),
                                progress.durationSeconds(),
                                progress.joined(),
                                progress.snapshotsPerSecondPerClient(),
                                progress.errors());
        if (terminal()) {
            err.print("\r\u001b[K" + line);
        } else {
            err.println(line);
        }
        err.flush();
    }

    private void clearLine() {
        if (terminal()) {
            spec.commandLine().getErr().print("\r\u001b[K");
            spec.commandLine().getErr().flush();
        }
    }

    private static boolean terminal() {
        return System.console() != null && System.console().isTerminal();
    }
}
