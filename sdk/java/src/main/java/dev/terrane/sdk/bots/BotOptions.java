package dev.terrane.sdk.bots;

import dev.terrane.conditions.LinkConditions;
import dev.terrane.sdk.ClientOptions;
import java.net.URI;
import java.time.Duration;

/**
 * A fleet.
 *
 * @param url of the server, {@code ws://127.0.0.1:8080/ws} or {@code tls://127.0.0.1:8443}
 * @param duration of the measurement, which begins when all have joined
 * @param joinsPerSecond how fast they come
 * @param tcp for a server's address without HTTP; whom it trusts is trusted with {@code wss://}, too
 * @param link the network that each of them has
 * @param predict whether they steer as players do: an input for each tick in time, with the own avatar predicted. Costs a wake-up and a step of the world's movement rule for
 *     each bot and tick; else inputs are sent in turn
 */
public record BotOptions(
        URI url,
        int count,
        Duration duration,
        Scenario scenario,
        int joinsPerSecond,
        ClientOptions.Tcp tcp,
        LinkConditions link,
        boolean predict) {
    public static final int JOINS_PER_SECOND_DEFAULT = 50;
    private static final int COUNT_MAX = 10_000;

    public BotOptions {
        if (count < 1 || count > COUNT_MAX) {
            throw new IllegalArgumentException("count " + count + " must be 1 to " + COUNT_MAX);
        }
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("duration " + duration + " must be at least one second");
        }
        if (joinsPerSecond < 1) {
            throw new IllegalArgumentException("joins per second " + joinsPerSecond + " must be positive");
        }
    }

    public static BotOptions of(URI url, int count, Duration duration, Scenario scenario) {
        return new BotOptions(
                url,
                count,
                duration,
                scenario,
                JOINS_PER_SECOND_DEFAULT,
                ClientOptions.Tcp.DEFAULT,
                LinkConditions.NONE,
                false);
    }

    /** The same, over TCP. */
    public BotOptions withTcp(ClientOptions.Tcp newTcp) {
        return new BotOptions(url, count, duration, scenario, joinsPerSecond, newTcp, link, predict);
    }

    public BotOptions withLink(LinkConditions newLink) {
        return new BotOptions(url, count, duration, scenario, joinsPerSecond, tcp, newLink, predict);
    }

    /** The same, steered as players steer. */
    public BotOptions withPredict(boolean newPredict) {
        return new BotOptions(url, count, duration, scenario, joinsPerSecond, tcp, link, newPredict);
    }
}
