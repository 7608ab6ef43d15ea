package dev.terrane.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.gateway.GatewayFixture.Client;
import dev.terrane.protocol.client.ErrorCode;
import dev.terrane.protocol.client.Ping;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each call of the timer looks at a share of the sessions: none is treated too early, and each is within one round. */
class DeadlineTest {
    private static final int ROUND_MILLIS = 50 * GatewayAgent.SHARE_COUNT;
    private static final int CLIENT_COUNT = 100;

    private final GatewayFixture fixture = new GatewayFixture();
    private long tick;

    private List<Client> clients(Function<Client, Client> begin) {
        return IntStream.range(0, CLIENT_COUNT)
                .mapToObj(number -> begin.apply(fixture.client(number)))
                .toList();
    }

    @Test
    void closesWhoSaysNoHelloInTime() {
        List<Client> silent = clients(client -> client);
        fixture.pass(4_950);
        assertThat(silent).allMatch(client -> client.link.closeCode == 0);
        fixture.pass(50 + ROUND_MILLIS);
        assertThat(silent).allMatch(client -> client.error() == ErrorCode.HELLO_EXPECTED);
    }

    @Test
    void closesWhoIsIdle() {
        List<Client> idle = clients(client -> client.playing(TestWorld.cell(0)));
        play(idle, 29_950);
        assertThat(idle).allMatch(client -> client.link.closeCode == 0);
        play(idle, 50 + ROUND_MILLIS);
        assertThat(idle).allMatch(client -> client.error() == ErrorCode.IDLE_TIMEOUT);
    }

    /** With just enough frames that nobody misses its cell. */
    private void play(List<Client> clients, int millis) {
        for (int rest = millis; rest > 0; rest -= 1_000) {
            clients.forEach(client -> fixture.frame(TestWorld.cell(0), 1, ++tick, client, 1, 0));
            fixture.pass(Math.min(rest, 1_000));
        }
    }

    @Test
    void joinsAnewWhoHearsNothingOfItsCell() {
        List<Client> playing = clients(client -> client.playing(TestWorld.cell(0)));
        fixture.pass(1_950);
        assertThat(fixture.requests).hasSize(CLIENT_COUNT);
        fixture.pass(100 + ROUND_MILLIS);
        assertThat(fixture.requests).hasSize(2 * CLIENT_COUNT);
        playing.forEach(client -> client.say(new Ping(1)));
        assertThat(playing).allMatch(client -> client.link.closeCode == 0);
    }

    @Test
    void endsTheWayInAtItsDeadlineWithoutWaitingForTheRound() {
        List<Client> unlucky = clients(client -> client.hello("Ada"));
        fixture.pass(14_950);
        assertThat(unlucky).allMatch(client -> client.link.closeCode == 0);
        fixture.pass(50);
        assertThat(unlucky).allMatch(client -> client.error() == ErrorCode.INTERNAL);
    }
}
