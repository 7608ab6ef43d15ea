package dev.terrane.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CharacterId;
import dev.terrane.command.CommandResult;
import dev.terrane.gateway.CommandPort.Wish;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CommandRoutesTest {
    private static final CharacterId ADA = new CharacterId(new UUID(7, 1));
    private static final CharacterId BOB = new CharacterId(new UUID(7, 2));

    private record Submitted(CharacterId character, Wish wish, CompletableFuture<CommandResult> result) {}

    /** A lane that answers when the test says so. */
    private static final class ScriptedLane implements RestCommands {
        final List<Submitted> submitted = new CopyOnWriteArrayList<>();
        final Map<String, CommandResult> kept = new ConcurrentHashMap<>();
        volatile boolean answersAtOnce = true;
        volatile CommandResult answer = new CommandResult.Done("{\"paid\":1.10}".getBytes(UTF_8));

        @Override
        public CompletionStage<CommandResult> submit(CharacterId character, Wish wish) {
            Submitted entry = new Submitted(character, wish, new CompletableFuture<>());
            submitted.add(entry);
            if (answersAtOnce) {
                entry.result.complete(answer);
            }
            return entry.result;
        }

        @Override
        public CompletionStage<Optional<CommandResult>> find(CharacterId character, String requestId) {
            return CompletableFuture.completedStage(
                    character.equals(ADA) ? Optional.ofNullable(kept.get(requestId)) : Optional.empty());
        }
    }

    private final ScriptedLane lane = new ScriptedLane();
    private final TestDoor door = TestDoor.open(lane, ApiRoutes.none());

    @AfterEach
    void closeDoor() {
        door.close();
    }

    @Test
    void givesTheResultOfACommand() {
        HttpResponse<String> answer = post(ADA, command("r-1", "{\"to\":\"Bob\"}"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"requestId\":\"r-1\",\"done\":true,\"payload\":{\"paid\":1.10}}");
        assertThat(lane.submitted).singleElement().satisfies(submitted -> {
            assertThat(submitted.character()).isEqualTo(ADA);
            assertThat(submitted.wish().type()).isEqualTo("cmd.economy.transfer");
            assertThat(submitted.wish().version()).isEqualTo(2);
            assertThat(submitted.wish().requestId()).isEqualTo("r-1");
            assertThat(submitted.wish().payload()).asString(UTF_8).isEqualTo("{\"to\":\"Bob\"}");
        });
    }

    @Test
    void givesARefusalAsAResult() {
        lane.answer = new CommandResult.Refused("INSUFFICIENT_FUNDS", "earn more", 0);
        HttpResponse<String> answer = post(ADA, command("r-1", "{}"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(answer.body()).getMap())
                .containsEntry("requestId", "r-1")
                .containsEntry("done", false)
                .containsEntry("error_code", "INSUFFICIENT_FUNDS")
                .containsEntry("reason", "earn more")
                .containsEntry("retry_after_ms", 0);
    }

    @Test
    void saysByItsStatusThatNothingWasAccepted() {
        lane.answer = new CommandResult.Refused("BUSY", "the store is away", 1_500);
        HttpResponse<String> answer = post(ADA, command("r-1", "{}"));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("retry-after")).contains("2");
        assertThat(errorCode(answer)).isEqualTo("busy");
        assertThat(errorCode(get(ADA, "r-1"))).isEqualTo("no_result");
    }

    @Test
    void saysWhereToAskForAResultThatTakesLonger() {
        lane.answersAtOnce = false;
        HttpResponse<String> pending = post(ADA, command("a/b?c%", "{}"), "Prefer", "wait=0");
        assertThat(pending.statusCode()).isEqualTo(202);
        String place = pending.headers().firstValue("location").orElseThrow();
        assertThat(place).isEqualTo("/api/v1/commands/a%2Fb%3Fc%25");
        assertThat(new JsonObject(pending.body()).getString("ask")).isEqualTo(place);
        assertThat(door.get(place, authorization(ADA, "Prefer", "wait=0")).statusCode())
                .isEqualTo(202);
        assertThat(post(ADA, command("a/b?c%", "{}"), "Prefer", "wait=0").statusCode())
                .isEqualTo(202);
        assertThat(lane.submitted).hasSize(1);

        lane.submitted.getFirst().result().complete(lane.answer);
        lane.kept.put("a/b?c%", lane.answer);

        HttpResponse<String> answer = door.get(place, authorization(ADA));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(answer.body()).getBoolean("done")).isTrue();
        assertThat(door.get(place, authorization(BOB)).statusCode()).isEqualTo(404);
    }

    @Test
    void waitsForAResultThatComesSoon() {
        lane.answersAtOnce = false;
        CompletableFuture<HttpResponse<String>> asking = CompletableFuture.supplyAsync(
                () -> post(ADA, command("r-1", "{}"), "Prefer", "respond-async, wait=20"));
        while (lane.submitted.isEmpty()) {
            Thread.onSpinWait();
        }
        lane.submitted.getFirst().result().complete(lane.answer);

        assertThat(asking.join().statusCode()).isEqualTo(200);
    }

    @Test
    void refusesAnotherCommandUnderARequestIdInUse() {
        lane.answersAtOnce = false;
        post(ADA, command("r-1", "{\"n\":1}"), "Prefer", "wait=0");
        HttpResponse<String> other = post(ADA, command("r-1", "{\"n\":2}"), "Prefer", "wait=0");

        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(errorCode(other)).isEqualTo("conflict");
        assertThat(post(BOB, command("r-1", "{\"n\":2}"), "Prefer", "wait=0").statusCode())
                .isEqualTo(202);
    }

    @Test
    void boundsWhatOneCharacterWaitsFor() {
        lane.answersAtOnce = false;
        for (int i = 0; i < CommandsAwaited.PER_CHARACTER_COUNT_MAX; i++) {
            post(ADA, command("r-" + i, "{}"), "Prefer", "wait=0");
        }
        HttpResponse<String> over = post(ADA, command("one-more", "{}"));
        assertThat(over.statusCode()).isEqualTo(429);
        assertThat(errorCode(over)).isEqualTo("too_many");

        lane.submitted.getFirst().result().complete(lane.answer);
        assertThat(post(ADA, command("one-more", "{}"), "Prefer", "wait=0").statusCode())
                .isEqualTo(202);
    }

    @Test
    void forgetsWhatTakesVeryLong() {
        CommandsAwaited awaited = new CommandsAwaited();
        for (int i = 0; i < CommandsAwaited.PER_CHARACTER_COUNT_MAX; i++) {
            awaited.enter(ADA, wish("r-" + i), 0);
        }
        assertThat(awaited.enter(ADA, wish("late"), 29_000_000_000L)).isInstanceOf(CommandsAwaited.Entry.Full.class);
        assertThat(awaited.enter(ADA, wish("late"), 30_000_000_000L)).isInstanceOf(CommandsAwaited.Entry.Fresh.class);
    }

    @Test
    void boundsWhatAllTogetherWaitFor() {
        CommandsAwaited awaited = new CommandsAwaited();
        CommandsAwaited.Entry first = awaited.enter(ADA, wish("r"), 0);
        for (int i = 1; i < CommandsAwaited.COUNT_MAX; i++) {
            awaited.enter(new CharacterId(new UUID(8, i)), wish("r"), 0);
        }
        assertThat(awaited.enter(BOB, wish("r"), 1)).isInstanceOf(CommandsAwaited.Entry.Crowded.class);
        assertThat(awaited.enter(ADA, wish("r"), 1)).isInstanceOf(CommandsAwaited.Entry.Known.class);

        ((CommandsAwaited.Entry.Fresh) first).settle(lane.answer, null);
        assertThat(awaited.find(ADA, "r")).isNull();
        assertThat(awaited.enter(BOB, wish("r"), 1)).isInstanceOf(CommandsAwaited.Entry.Fresh.class);
    }

    private static Wish wish(String requestId) {
        return new Wish("cmd.test.do", 1, requestId, new byte[0]);
    }

    @Test
    void namesWhatIsWrongWithARequest() {
        assertThat(errorCode(post(ADA, "{"))).isEqualTo("malformed_json");
        assertThat(errorCode(post(ADA, ""))).isEqualTo("malformed_json");
        assertThat(errorCode(post(ADA, "[]"))).isEqualTo("malformed_json");
        assertThat(errorCode(post(ADA, "{\"type\":\"c\",\"requestId\":\"r\",\"payload\":7}")))
                .isEqualTo("malformed_json");
        assertThat(errorCode(post(ADA, "{\"type\":\"c\"}"))).isEqualTo("invalid_command");
        assertThat(errorCode(post(ADA, "{\"type\":7,\"requestId\":\"r\"}"))).isEqualTo("invalid_command");
        assertThat(errorCode(post(ADA, "{\"type\":\"c\",\"requestId\":\"r\",\"version\":1.5}")))
                .isEqualTo("invalid_command");
        assertThat(errorCode(post(ADA, command("r", "{\"long\":\"" + "x".repeat(8_192) + "\"}"))))
                .isEqualTo("body_too_large");
        assertThat(post(ADA, "x".repeat(20_000)).statusCode()).isEqualTo(413);
        assertThat(door.post("/api/v1/commands", command("r", "{}")).statusCode())
                .isEqualTo(401);
        assertThat(lane.submitted).isEmpty();
    }

    @Test
    void serverWithoutCommandsSaysSo() {
        try (TestDoor plain = TestDoor.open(TestDoor.settings())) {
            String[] token = {"Authorization", "Bearer " + plain.tokenOf(ADA)};
            assertThat(plain.post("/api/v1/commands", command("r", "{}"), token).body())
                    .contains("UNKNOWN_COMMAND");
            assertThat(plain.get("/api/v1/commands/r", token).statusCode()).isEqualTo(404);
        }
    }

    private HttpResponse<String> post(CharacterId character, String body, String... headers) {
        return door.post("/api/v1/commands", body, authorization(character, headers));
    }

    private HttpResponse<String> get(CharacterId character, String requestId) {
        return door.get("/api/v1/commands/" + requestId, authorization(character));
    }

    private String[] authorization(CharacterId character, String... headers) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = "Authorization";
        all[1] = "Bearer " + door.tokenOf(character);
        return all;
    }

    private static String command(String requestId, String payload) {
        return "{\"type\":\"cmd.economy.transfer\",\"version\":2,\"requestId\":\"%s\",\"payload\":%s}"
                .formatted(requestId, payload);
    }

    private static String errorCode(HttpResponse<String> answer) {
        return new JsonObject(answer.body()).getString("error_code");
    }
}
