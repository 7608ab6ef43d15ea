package dev.terrane.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.protocol.client.ClientMessage.Command;
import dev.terrane.protocol.client.ClientMessage.ResultAck;
import dev.terrane.protocol.client.ServerMessage.CommandResult;
import dev.terrane.protocol.client.WireMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CommandBookTest {
    private static final String TYPE = "cmd.test.do";

    private final List<WireMessage> sent = new ArrayList<>();
    private boolean stuck;
    private double nowMillis;
    private final CommandBook book = new CommandBook(this::send, () -> 1);

    private boolean send(WireMessage message) {
        return !stuck && sent.add(message);
    }

    @Test
    void keepsACommandUntilItIsConnected() {
        CompletableFuture<CommandAnswer> told = ask("r-1");
        assertThat(sent).isEmpty();
        open();
        assertThat(asked()).containsExactly("r-1");
        done("r-1");

        assertThat(told).isCompletedWithValueMatching(answer -> answer instanceof CommandAnswer.Done);
        book.beat(nowMillis);
        assertThat(acked()).containsExactly(List.of("r-1"));
    }

    @Test
    void asksAgainInOrderAfterTheConnectionWasLost() {
        open();
        CompletableFuture<CommandAnswer> first = ask("r-1");
        CompletableFuture<CommandAnswer> second = ask("r-2");
        ask("r-3");
        done("r-2");
        book.lost(nowMillis);
        pass(30_000);
        assertThat(asked()).containsExactly("r-1", "r-2", "r-3");
        open();

        assertThat(asked()).containsExactly("r-1", "r-2", "r-3", "r-1", "r-3");
        assertThat(second).isCompleted();
        assertThat(first).isNotDone();
    }

    @Test
    void tellsAResultOnceAndAcksItAgainWhenTheAckWasLost() {
        open();
        List<CommandAnswer> told = new ArrayList<>();
        ask("r-1").thenAccept(told::add);
        done("r-1");
        book.lost(nowMillis); // before the ack went out
        open();
        done("r-1");
        done("r-1");
        book.beat(nowMillis);

        assertThat(told).hasSize(1);
        assertThat(asked()).containsExactly("r-1");
        assertThat(acked()).containsExactly(List.of("r-1"));
    }

    @Test
    void tellsARefusalAsAValue() {
        open();
        CompletableFuture<CommandAnswer> told = ask("r-1");
        refuse("r-1", "NO_FUNDS", 5);

        assertThat(told).isCompletedWithValue(new CommandAnswer.Refused("r-1", "NO_FUNDS", "because", 5));
    }

    @Test
    void asksABusyServerAgainLaterAndAcksNothing() {
        open();
        CompletableFuture<CommandAnswer> told = ask("r-1");
        refuse("r-1", "BUSY", 2_000);
        pass(2_400);
        assertThat(asked()).containsExactly("r-1");
        pass(200);

        assertThat(asked()).containsExactly("r-1", "r-1");
        assertThat(acked()).isEmpty();
        assertThat(told).isNotDone();
    }

    @Test
    void givesUpOnAServerThatStaysBusy() {
        open();
        CompletableFuture<CommandAnswer> told = ask("r-1");
        for (int i = 0; i < CommandBook.BUSY_RETRY_COUNT_MAX; i++) {
            refuse("r-1", "TOO_MANY", 1);
            assertThat(told).isNotDone();
            pass(12_500);
        }
        refuse("r-1", "TOO_MANY", 1);

        assertThat(told).isCompletedWithValue(new CommandAnswer.Refused("r-1", "TOO_MANY", "because", 1));
    }

    @Test
    void asksAgainWhenAResultDoesNotCome() {
        open();
        ask("r-1");
        pass(9_999);
        assertThat(asked()).hasSize(1);
        pass(1);

        assertThat(asked()).hasSize(2);
    }

    @Test
    void asksAgainWhatTheSocketDidNotTake() {
        open();
        stuck = true;
        ask("r-1");
        stuck = false;
        pass(500);

        assertThat(asked()).containsExactly("r-1");
    }

    @Test
    void keepsBelowWhatTheServerTakesAtOnceAndPerSecond() {
        open();
        IntStream.range(0, 60).forEach(n -> ask("r-" + n));
        assertThat(asked()).hasSize(CommandBook.IN_FLIGHT_COUNT_MAX);
        IntStream.range(0, 24).forEach(n -> done("r-" + n));
        assertThat(asked()).hasSize(24);
        pass(1_000);
        assertThat(asked()).hasSize(44);
        IntStream.range(24, 44).forEach(n -> done("r-" + n));
        pass(1_000);

        assertThat(asked())
                .isEqualTo(IntStream.range(0, 60).mapToObj(n -> "r-" + n).toList());
    }

    @Test
    void acksAtMostAsManyAsFitIntoOneMessage() {
        open();
        IntStream.range(0, 70).forEach(n -> done("of an earlier life-" + n));
        book.beat(nowMillis);

        assertThat(acked()).extracting(List::size).containsExactly(64, 6);
    }

    @Test
    void takesOneRequestIdForOneCommand() {
        open();
        CompletableFuture<CommandAnswer> once = ask("r-1");

        assertThat(ask("r-1")).isSameAs(once);
        assertThatThrownBy(() -> book.add(new Command(TYPE, 1, "r-1", new byte[] {'1'}), nowMillis))
                .hasMessageContaining("another command");
        assertThatThrownBy(() -> book.add(new Command("", 1, "r-1", new byte[0]), nowMillis))
                .hasMessageContaining("no command");
    }

    @Test
    void doesNotSayWhatItCannotKnow() {
        open();
        CompletableFuture<CommandAnswer> told = ask("r-1");
        book.closed("closed by the player");

        assertThatThrownBy(told::join).hasCauseInstanceOf(CommandLostException.class);
        assertThatThrownBy(ask("r-2")::join).hasMessageContaining("r-2");
    }

    @Test
    void saysThatAnOlderServerKnowsNoCommands() {
        CompletableFuture<CommandAnswer> told = ask("r-1");
        book.opened(false, nowMillis);

        assertThat(told)
                .isCompletedWithValueMatching(answer -> answer instanceof CommandAnswer.Refused refused
                        && refused.errorCode().equals("UNKNOWN_COMMAND"));
        assertThat(sent).isEmpty();
    }

    private void open() {
        book.opened(true, nowMillis);
    }

    private CompletableFuture<CommandAnswer> ask(String requestId) {
        return book.add(new Command(TYPE, 1, requestId, new byte[0]), nowMillis);
    }

    private void done(String requestId) {
        book.result(new CommandResult(requestId, TYPE, true, "", "", 0, new byte[0]), nowMillis);
    }

    private void refuse(String requestId, String code, int retryAfterMillis) {
        book.result(
                new CommandResult(requestId, TYPE, false, code, "because", retryAfterMillis, new byte[0]), nowMillis);
    }

    private void pass(double millis) {
        nowMillis += millis;
        book.beat(nowMillis);
    }

    private List<String> asked() {
        return sent.stream()
                .filter(Command.class::isInstance)
                .map(each -> ((Command) each).requestId())
                .toList();
    }

    private List<List<String>> acked() {
        return sent.stream()
                .filter(ResultAck.class::isInstance)
                .map(each -> ((ResultAck) each).requestIds())
                .toList();
    }
}
