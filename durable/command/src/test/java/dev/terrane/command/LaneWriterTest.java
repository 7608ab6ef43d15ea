package dev.terrane.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LaneWriterTest {
    private static final long SECOND = 1_000_000_000;

    private final MemoryLaneStore store = new MemoryLaneStore(4, 10);
    private final LaneWriter<Integer> writer = new LaneWriter<>("shop", 5, 2 * SECOND);

    private void offer(int number, long nowNanos) {
        writer.offer(LaneContract.command("ann", number), number, nowNanos);
    }

    private LaneWriter.Append appendAt(long nowNanos) {
        return Objects.requireNonNull(writer.step(nowNanos), "an append is due");
    }

    private static LaneWriter.Appended away(LaneWriter.Append append) {
        return new LaneWriter.Appended(append.ticket(), null, "away");
    }

    private List<String> answers() {
        List<String> answers = new ArrayList<>();
        for (LaneWriter.@Nullable Written<Integer> one = writer.poll(); one != null; one = writer.poll()) {
            CommandResult.Refused refused = one.refused();
            answers.add(one.producer() + (refused == null ? " accepted" : " " + refused.errorCode()));
        }
        return answers;
    }

    @Test
    void refusesWhatIsTooMuchTogetherUntilSomeIsAppended() {
        LaneWriter<Integer> wide = new LaneWriter<>("shop", 100_000, 2 * SECOND);
        CommandEnvelope like = LaneContract.command("ann", 1);
        CommandEnvelope long8k = new CommandEnvelope(
                like.type(),
                like.version(),
                like.key(),
                like.origin(),
                like.trace(),
                new byte[CommandLimits.PAYLOAD_BYTES_MAX]);
        int count = (int) (CommandLimits.QUEUE_BYTES_MAX / CommandLimits.PAYLOAD_BYTES_MAX);
        for (int i = 0; i < count; i++) {
            wide.offer(long8k, i, 0);
        }
        assertThat(wide.poll()).isNull();
        wide.offer(long8k, count, 0);
        assertThat(Objects.requireNonNull(wide.poll()).refused())
                .extracting(CommandResult.Refused::errorCode)
                .isEqualTo(CommandErrors.BUSY);
        LaneWriter.Append append = Objects.requireNonNull(wide.step(0));
        wide.on(new LaneWriter.Appended(append.ticket(), new LaneStore.Appended.Kept(List.of()), ""), 0);
        for (int i = 0; i < append.commands().size(); i++) {
            assertThat(Objects.requireNonNull(wide.poll()).refused()).isNull();
        }
        wide.offer(long8k, count + 1, 0);
        assertThat(wide.poll()).as("there is room again").isNull();
    }

    @Test
    void gathersWhatComesWhileAnAppendIsOnItsWay() {
        offer(1, 0);
        LaneWriter.Append first = appendAt(0);
        offer(2, 1);
        offer(3, 1);
        assertThat(writer.step(1)).as("one at a time").isNull();
        assertThat(answers()).as("not durable yet").isEmpty();
        writer.on(first.carryOut(store), 2);
        assertThat(answers()).containsExactly("1 accepted");
        assertThat(writer.step(2))
                .as("an append right after another gathers more")
                .isNull();
        assertThat(writer.wakeAtNanos()).isEqualTo(4_000_000);
        LaneWriter.Append second = appendAt(4_000_000);
        assertThat(second.commands()).hasSize(2);
        writer.on(second.carryOut(store), 3);
        assertThat(answers()).containsExactly("2 accepted", "3 accepted");
        assertThat(writer.wakeAtNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void triesAgainInOrderWhenTheStoreIsAwayAndRefusesAfterABound() {
        offer(1, 0);
        writer.on(away(appendAt(0)), SECOND / 2);
        offer(2, SECOND);
        LaneWriter.Append again = appendAt(SECOND);
        assertThat(again.commands()).extracting(c -> c.trace().eventId()).containsExactly("e1", "e2");
        writer.on(away(again), SECOND);
        assertThat(answers()).isEmpty();
        assertThat(writer.step(SECOND)).as("it pauses").isNull();
        LaneWriter.Append third = appendAt(2 * SECOND);
        assertThat(answers()).containsExactly("1 BUSY");
        writer.on(third.carryOut(store), 2 * SECOND);
        assertThat(answers()).containsExactly("2 accepted");
    }

    @Test
    void refusesAfterTheBoundWhatAnAppendThatHangsHasTaken() {
        offer(1, 0);
        LaneWriter.Append hangs = appendAt(0);
        offer(2, SECOND);
        assertThat(writer.wakeAtNanos()).isEqualTo(2 * SECOND);
        assertThat(writer.step(2 * SECOND)).as("one at a time").isNull();
        assertThat(answers()).containsExactly("1 BUSY");
        assertThat(writer.wakeAtNanos()).isEqualTo(3 * SECOND);
        writer.on(away(hangs), 2 * SECOND + 1);
        LaneWriter.Append again = appendAt(3 * SECOND - 1);
        assertThat(again.commands())
                .as("nobody waits for the first any more")
                .extracting(c -> c.trace().eventId())
                .containsExactly("e2");
        writer.step(3 * SECOND);
        assertThat(answers()).containsExactly("2 BUSY");
        writer.on(again.carryOut(store), 3 * SECOND);
        assertThat(answers()).as("told once, although it was kept").isEmpty();
        assertThat(writer.waitingCount()).isZero();
        assertThat(writer.wakeAtNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void refusesWhatItsQueueCannotHold() {
        for (int i = 0; i < 7; i++) {
            offer(i, 0);
        }
        assertThat(answers()).containsExactly("5 BUSY", "6 BUSY");
        assertThat(writer.waitingCount()).isEqualTo(5);
    }

    @Test
    void passesOnThatTheLaneIsFull() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 5; i++) {
                offer(i, 0);
            }
            writer.on(appendAt(round * SECOND).carryOut(store), round * SECOND);
        }
        answers();
        offer(9, SECOND);
        writer.on(appendAt(2 * SECOND).carryOut(store), 2 * SECOND);
        assertThat(answers()).containsExactly("9 BUSY");
    }

    @Test
    void refusesAnEnvelopeThatNoStoreTakes() {
        writer.offer(LaneContract.command("k".repeat(200), 1), 1, 0);
        assertThat(answers()).containsExactly("1 INVALID_PAYLOAD");
        assertThat(writer.step(0)).isNull();
    }
}
