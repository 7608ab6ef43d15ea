package dev.terrane.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CharacterId;
import dev.terrane.base.Rng;
import dev.terrane.gateway.GatewaySettings;
import dev.terrane.sdk.ClientListener;
import dev.terrane.sdk.ClientOptions;
import dev.terrane.sdk.CommandAnswer;
import dev.terrane.sdk.ReconnectPolicy;
import dev.terrane.sdk.TerraneClient;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A real client, real sockets and a real gateway before a lane that keeps its promise: what breaks in between must not show. */
class CommandWireTest {
    private static final CharacterId ADA = new CharacterId(new UUID(7, 1));
    private static final String TYPE = "cmd.test.count";

    private final TinyLane lane = new TinyLane();
    private RealGatewayHouse house = new RealGatewayHouse(GatewaySettings.defaults(), lane);
    private TestDoor door = TestDoor.open(house);
    private final TerraneClient ada = TerraneClient.connect(
            ClientOptions.guest(URI.create("ws://127.0.0.1:" + door.http.port() + "/ws"), "Ada")
                    .withToken(door.tokenOf(ADA))
                    .withReconnect(new ReconnectPolicy(1, 5, 10_000)),
            new ClientListener() {});

    @AfterEach
    void close() {
        ada.close();
        door.close();
    }

    @Test
    void tellsTheResultAndHasItAcked() throws Exception {
        assertThat(result(ask("r-1"))).isEqualTo("1");
        lane.await("acked [r-1]");
        assertThat(lane.keptCount()).isZero();
    }

    @Test
    void tellsTheResultAfterTheConnectionWasCutBetweenCommandAndResult() throws Exception {
        lane.holdBack();
        CompletableFuture<CommandAnswer> told = ask("r-1");
        lane.await("submit r-1");
        house.cut(lane.session(ADA), ADA);
        lane.await("detached");
        lane.goOn(ADA); // nobody is there to be told
        lane.await("attached");

        assertThat(result(told)).isEqualTo("1");
        lane.await("acked [r-1]");
        assertThat(lane.effectCount()).isEqualTo(1);
    }

    @Test
    void asksAgainWhenTheGatewayWasStartedAnew() throws Exception {
        lane.holdBack();
        CompletableFuture<CommandAnswer> told = ask("r-1");
        lane.await("submit r-1");
        restart();
        lane.await("submit r-1");
        lane.goOn(ADA);

        assertThat(result(told)).isEqualTo("1");
        assertThat(lane.effectCount()).isEqualTo(1);
    }

    @Test
    void tellsAResultThatComesTwiceOnce() throws Exception {
        lane.tell(3);
        AtomicInteger toldCount = new AtomicInteger();
        CompletableFuture<CommandAnswer> told = ask("r-1");
        told.thenRun(toldCount::incrementAndGet);

        assertThat(result(told)).isEqualTo("1");
        assertThat(result(ask("r-2"))).isEqualTo("2");
        assertThat(toldCount).hasValue(1);
    }

    @Test
    void acksAgainWhenTheAckWasLost() throws Exception {
        lane.holdBack();
        CompletableFuture<CommandAnswer> told = ask("r-1");
        lane.await("submit r-1");
        told.thenRun(() -> house.cut(lane.session(ADA), ADA)); // acks are sent a little later, together
        lane.goOn(ADA);
        assertThat(result(told)).isEqualTo("1");
        lane.await("detached");
        lane.await("attached");

        lane.await("acked [r-1]");
        assertThat(lane.keptCount()).isZero();
    }

    @Test
    void asksABusyLaneAgain() throws Exception {
        lane.beBusy(2);

        assertThat(result(ask("r-1"))).isEqualTo("1");
        assertThat(lane.effectCount()).isEqualTo(1);
    }

    @Test
    void tellsEachOfManyCommandsOnceWhateverBreaksInBetween() throws Exception {
        long seed = Long.getLong("wire.seed", System.nanoTime());
        System.out.println("CommandWireTest: -Dwire.seed=" + seed);
        Rng rng = new Rng(seed);
        lane.tell(2);
        List<CompletableFuture<CommandAnswer>> told = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            told.add(ask("r-" + i));
            if (i % 10 == 9) {
                lane.beBusy(rng.nextInt(3));
                told.get(rng.nextInt(told.size())).get(60, TimeUnit.SECONDS);
                restart();
            }
        }
        for (CompletableFuture<CommandAnswer> each : told) {
            result(each);
        }
        assertThat(lane.effectCount()).isEqualTo(40);
        assertThat(told.stream().map(CommandWireTest::now).distinct()).hasSize(40);
        lane.awaitNothingKept();
    }

    private void restart() {
        int port = door.http.port();
        door.close();
        house = new RealGatewayHouse(GatewaySettings.defaults(), lane);
        door = TestDoor.open(HttpServerSettings.onLoopback(port), house);
    }

    private CompletableFuture<CommandAnswer> ask(String requestId) {
        return ada.command(TYPE, 1, requestId, "{}".getBytes(StandardCharsets.UTF_8));
    }

    private static String result(CompletableFuture<CommandAnswer> told) throws Exception {
        return text(told.get(60, TimeUnit.SECONDS));
    }

    private static String now(CompletableFuture<CommandAnswer> told) {
        return text(told.join());
    }

    private static String text(CommandAnswer answer) {
        return answer instanceof CommandAnswer.Done done
                ? new String(done.payload(), StandardCharsets.UTF_8)
                : answer.toString();
    }
}
