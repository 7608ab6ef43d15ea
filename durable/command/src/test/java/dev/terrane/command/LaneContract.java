package dev.terrane.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every {@link LaneStore} has to keep; each door runs it on its real thing. */
public abstract class LaneContract {
    protected static final int LANE_COUNT_MAX = 1_000;
    private static final long TTL_MILLIS = 60_000;
    private static final LaneStore.Appended.Kept NOTHING = new LaneStore.Appended.Kept(List.of());

    /** With four partitions, and {@link #LANE_COUNT_MAX}. */
    protected abstract LaneStore store();

    /** A lane that no other test uses. */
    protected abstract String lane();

    /** Lets the time of leases and of what is kept pass, on the lane's clock. */
    protected abstract void letPass(long millis);

    protected static CommandEnvelope command(String key, int number) {
        return new CommandEnvelope(
                "cmd.shop.buy",
                1,
                key,
                new CommandEnvelope.Origin("character:" + key, "request-" + number),
                new CommandEnvelope.Trace("e" + number, "e" + number, "", "node-1", 1_700_000_000_000L + number),
                ("{\"number\":" + number + "}").getBytes(UTF_8));
    }

    private LanePartition partitionOf(String key) {
        return new LanePartition(lane(), LanePartition.indexOf(key, store().partitionCount()));
    }

    private void append(String key, int from, int until) {
        List<CommandEnvelope> commands =
                IntStream.range(from, until).mapToObj(i -> command(key, i)).toList();
        assertThat(store().append(lane(), commands)).isInstanceOf(LaneStore.Appended.Kept.class);
    }

    private List<CommandEnvelope> read(LanePartition partition, long from, int countMax) {
        List<CommandEnvelope> commands = new ArrayList<>();
        for (LaneSegment segment : store().read(partition, from, countMax)) {
            assertThat(segment.partition()).isEqualTo(partition);
            assertThat(segment.firstOffset()).isEqualTo(from + commands.size());
            commands.addAll(segment.commands());
        }
        assertThat(commands).hasSizeLessThanOrEqualTo(countMax);
        return commands;
    }

    private LaneHold acquired(LanePartition partition, String holder) {
        return store().acquire(partition, holder, TTL_MILLIS).orElseThrow();
    }

    private static Settlement settlement(long number, long cursor) {
        return new Settlement(number, cursor, List.of(), List.of(), List.of(), List.of());
    }

    private long[] numbers(LanePartition partition) {
        return store().answers(partition, 1 << 20).stream()
                .mapToLong(LaneStore.AnswerBatch::number)
                .toArray();
    }

    private static List<Integer> numbersOf(List<CommandEnvelope> commands) {
        return commands.stream()
                .map(command -> Integer.parseInt(command.trace().eventId().substring(1)))
                .toList();
    }

    @Test
    void keepsTheOrderOfAppendsAndGivesBackWhatWasAppended() {
        LanePartition partition = partitionOf("ann");
        append("ann", 0, 3);
        append("ann", 3, 4);
        append("ann", 4, 9);
        List<CommandEnvelope> read = read(partition, 0, 100);
        assertThat(numbersOf(read)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(read.get(4)).usingRecursiveComparison().isEqualTo(command("ann", 4));
    }

    @Test
    void readsFromAnyOffsetAndNoMoreThanAsked() {
        LanePartition partition = partitionOf("ann");
        append("ann", 0, 7);
        append("ann", 7, 8);
        append("ann", 8, 20);
        assertThat(numbersOf(read(partition, 5, 4))).containsExactly(5, 6, 7, 8);
        assertThat(numbersOf(read(partition, 8, 1))).containsExactly(8);
        assertThat(numbersOf(read(partition, 19, 50))).containsExactly(19);
        assertThat(read(partition, 20, 50)).isEmpty();
    }

    @Test
    void sendsEachKeyToItsPartition() {
        List<CommandEnvelope> commands = IntStream.range(0, 40)
                .mapToObj(i -> command("key-" + i % 10, i))
                .toList();
        LaneStore.Appended appended = store().append(lane(), commands);
        assertThat(appended).isInstanceOfSatisfying(LaneStore.Appended.Kept.class, kept -> {
            assertThat(kept.segments()).hasSizeBetween(2, 4);
            for (LaneSegment segment : kept.segments()) {
                assertThat(read(segment.partition(), segment.firstOffset(), 100))
                        .usingRecursiveFieldByFieldElementComparator()
                        .isEqualTo(segment.commands());
                assertThat(segment.commands())
                        .allMatch(command -> partitionOf(command.key()).equals(segment.partition()));
            }
        });
        assertThat(store().append(lane(), List.of())).isEqualTo(NOTHING);
    }

    @Test
    void refusesWhatIsMoreThanALaneMayHold() {
        append("ann", 0, LANE_COUNT_MAX - 1);
        List<CommandEnvelope> two = List.of(command("ann", 5_000), command("bob", 5_001));
        assertThat(store().append(lane(), two)).isInstanceOfSatisfying(LaneStore.Appended.Full.class, full -> {
            assertThat(full.waitingCount()).isEqualTo(LANE_COUNT_MAX - 1);
            assertThat(full.retryAfterMillis()).isPositive();
        });
        LanePartition partition = partitionOf("ann");
        assertThat(read(partitionOf("ann"), LANE_COUNT_MAX - 1, 10))
                .as("all or nothing")
                .isEmpty();
        LaneHold hold = acquired(partition, "a");
        assertThat(store().settle(hold.lease(), TTL_MILLIS, settlement(1, 10))).isTrue();
        assertThat(store().append(lane(), two)).isInstanceOf(LaneStore.Appended.Kept.class);
    }

    @Test
    void givesTheLeaseToOneHolder() {
        LanePartition partition = partitionOf("ann");
        LaneHold first = acquired(partition, "a");
        assertThat(store().acquire(partition, "b", TTL_MILLIS)).isEmpty();
        assertThat(store().renew(first.lease(), 0, TTL_MILLIS)).isTrue();
        letPass(TTL_MILLIS / 2);
        assertThat(store().acquire(partition, "b", TTL_MILLIS)).isEmpty();
        letPass(TTL_MILLIS);
        LaneHold second = acquired(partition, "b");
        assertThat(second.lease().epoch()).isGreaterThan(first.lease().epoch());
        assertThat(store().renew(first.lease(), 0, TTL_MILLIS)).isFalse();
        store().release(first.lease());
        assertThat(store().acquire(partition, "a", TTL_MILLIS)).as("b has it").isEmpty();
        store().release(second.lease());
        assertThat(acquired(partition, "a").lease().epoch())
                .isGreaterThan(second.lease().epoch());
    }

    @Test
    void givesTheLeaseAgainToAHolderThatHasRestarted() {
        LanePartition partition = partitionOf("ann");
        LaneHold first = acquired(partition, "a");
        LaneHold second = acquired(partition, "a");
        assertThat(second.lease().epoch()).isGreaterThan(first.lease().epoch());
        assertThat(store().renew(first.lease(), 0, TTL_MILLIS)).isFalse();
        assertThat(store().renew(second.lease(), 0, TTL_MILLIS)).isTrue();
    }

    @Test
    void refusesTheSettlementOfWhoLostItsLease() {
        LanePartition partition = partitionOf("ann");
        append("ann", 0, 10);
        LaneHold stale = acquired(partition, "a");
        letPass(2 * TTL_MILLIS);
        LaneHold fresh = acquired(partition, "b");
        ParkedCommand parked = new ParkedCommand(3, command("ann", 3), 1, "broken");
        Settlement late = new Settlement(
                1,
                5,
                List.of(answer(0)),
                List.of(parked),
                List.of(),
                List.of(new Settlement.Death(command("ann", 4), 6, "dead")));
        assertThat(store().settle(stale.lease(), TTL_MILLIS, late)).isFalse();
        assertThat(numbers(partition)).isEmpty();
        assertThat(store().deadLetters().list(lane(), 0, 10)).isEmpty();
        assertThat(store().settle(fresh.lease(), TTL_MILLIS, settlement(1, 2))).isTrue();
        letPass(2 * TTL_MILLIS);
        LaneHold next = acquired(partition, "a");
        assertThat(next.cursor()).isEqualTo(2);
        assertThat(next.parked()).isEmpty();
        assertThat(next.settledNumber()).isEqualTo(1);
    }

    @Test
    void settlesEvenAfterItsTimeIfNobodyElseCame() {
        LanePartition partition = partitionOf("ann");
        append("ann", 0, 2);
        LaneHold hold = acquired(partition, "a");
        letPass(2 * TTL_MILLIS);
        assertThat(store().settle(hold.lease(), TTL_MILLIS, settlement(1, 1))).isTrue();
        assertThat(store().acquire(partition, "b", TTL_MILLIS))
                .as("settling prolongs the lease")
                .isEmpty();
    }

    @Test
    void takesTheSameSettlementOnce() {
        LanePartition partition = partitionOf("ann");
        append("ann", 0, 4);
        LaneHold hold = acquired(partition, "a");
        Settlement one = new Settlement(
                1,
                2,
                List.of(answer(0), answer(1)),
                List.of(),
                List.of(),
                List.of(new Settlement.Death(command("ann", 1), 6, "why")));
        assertThat(store().settle(hold.lease(), TTL_MILLIS, one)).isTrue();
        assertThat(store().settle(hold.lease(), TTL_MILLIS, one)).isTrue();
        assertThat(numbers(partition)).containsExactly(1);
        assertThat(store().deadLetters().list(lane(), 0, 10))
                .singleElement()
                .satisfies(letter -> assertThat(letter.attemptCount()).isEqualTo(6));
        assertThat(read(partition, 2, 10)).hasSize(2);
    }

    @Test
    void refusesWhatFollowsOnASettlementThatItDoesNotHave() {
        LanePartition partition = partitionOf("ann");
        append("ann", 0, 4);
        LaneHold hold = acquired(partition, "a");
        assertThat(store().settle(hold.lease(), TTL_MILLIS, settlement(1, 2))).isTrue();
        assertThat(store().settle(hold.lease(), TTL_MILLIS, settlement(3, 4))).isFalse();
        assertThat(store().renew(hold.lease(), 1, TTL_MILLIS)).isTrue();
        assertThat(store().renew(hold.lease(), 2, TTL_MILLIS)).isFalse();
        assertThat(numbers(partition)).containsExactly(1);
        LaneHold again = acquired(partition, "a");
        assertThat(again.settledNumber()).isEqualTo(1);
        assertThat(again.cursor()).isEqualTo(2);
        assertThat(read(partition, 2, 10)).hasSize(2);
    }

    @Test
    void keepsResultsInOrderUntilTheyArePruned() {
        LanePartition partition = partitionOf("ann");
        append("ann", 0, 6);
        LaneHold hold = acquired(partition, "a");
        for (int i = 1; i <= 3; i++) {
            Settlement next = new Settlement(
                    i, 2L * i, List.of(answer(2 * i - 2), answer(2 * i - 1)), List.of(), List.of(), List.of());
            assertThat(store().settle(hold.lease(), TTL_MILLIS, next)).isTrue();
            letPass(1_000);
        }
        assertThat(numbers(partition)).containsExactly(1, 2, 3);
        assertThat(store().answers(partition, 1))
                .as("the newest, however long")
                .singleElement()
                .satisfies(batch -> assertThat(batch.answers())
                        .usingRecursiveFieldByFieldElementComparator()
                        .containsExactly(answer(4), answer(5)));
        int bytesOfOne = EnvelopeCodec.packAnswers(List.of(answer(4), answer(5))).length;
        assertThat(store().answers(partition, 2L * bytesOfOne))
                .as("as many as fit, in order")
                .extracting(LaneStore.AnswerBatch::number)
                .containsExactly(2L, 3L);
        assertThat(store().pruneAnswers(lane(), 2_500)).isEqualTo(1);
        assertThat(numbers(partition)).containsExactly(2, 3);
        assertThat(store().pruneAnswers(lane(), 100_000)).isZero();
    }

    @Test
    void keepsResultsOfTheLastSettlementsOnly() {
        LanePartition partition = partitionOf("ann");
        LaneHold hold = acquired(partition, "a");
        for (int i = 1; i <= CommandLimits.ANSWER_BATCH_COUNT_MAX + 3; i++) {
            assertThat(store().settle(hold.lease(), TTL_MILLIS, settlement(i, 0)))
                    .isTrue();
        }
        assertThat(store().pruneAnswers(lane(), TTL_MILLIS)).isEqualTo(3);
        assertThat(store().answers(partition, 1 << 20).getFirst().number()).isEqualTo(4);
    }

    @Test
    void givesParkedCommandsToTheNextHolder() {
        LanePartition partition = partitionOf("ann");
        append("ann", 0, 6);
        LaneHold hold = acquired(partition, "a");
        List<ParkedCommand> parked = LongStream.of(1, 2, 4)
                .mapToObj(offset -> new ParkedCommand(offset, command("ann", (int) offset), offset == 1 ? 1 : 0, "x"))
                .toList();
        store().settle(hold.lease(), TTL_MILLIS, new Settlement(1, 5, List.of(), parked, List.of(), List.of()));
        ParkedCommand again = new ParkedCommand(2, command("ann", 2), 3, "still broken");
        store().settle(
                        hold.lease(),
                        TTL_MILLIS,
                        new Settlement(2, 6, List.of(answer(1)), List.of(again), List.of(1L, 77L), List.of()));
        letPass(2 * TTL_MILLIS);
        LaneHold next = acquired(partition, "b");
        assertThat(next.cursor()).isEqualTo(6);
        assertThat(next.settledNumber()).isEqualTo(2);
        assertThat(next.parked()).usingRecursiveFieldByFieldElementComparator().containsExactly(again, parked.get(2));
    }

    @Test
    void tellsHowMuchWaits() {
        assertThat(store().lags(lane())).isEmpty();
        append("ann", 0, 5);
        letPass(3_000);
        append("ann", 5, 6);
        LanePartition partition = partitionOf("ann");
        assertThat(lag(partition).waitingCount()).isEqualTo(6);
        assertThat(lag(partition).oldestMillis()).isBetween(3_000L, 30_000L);
        LaneHold hold = acquired(partition, "a");
        ParkedCommand parked = new ParkedCommand(2, command("ann", 2), 1, "x");
        store().settle(
                        hold.lease(),
                        TTL_MILLIS,
                        new Settlement(1, 6, List.of(), List.of(parked), List.of(), List.of()));
        assertThat(lag(partition)).isEqualTo(new LaneLag(partition, 0, 1, 0));
    }

    @Test
    void keepsDeadLettersForAnOperator() {
        LanePartition partition = partitionOf("ann");
        append("ann", 0, 3);
        LaneHold hold = acquired(partition, "a");
        List<Settlement.Death> deaths = List.of(
                new Settlement.Death(command("ann", 0), 6, "broken"),
                new Settlement.Death(command("ann", 1), 6, "broken, too"));
        store().settle(hold.lease(), TTL_MILLIS, new Settlement(1, 3, List.of(), List.of(), List.of(), deaths));
        DeadLetters letters = store().deadLetters();
        List<DeadLetter> listed = letters.list(lane(), 0, 10);
        assertThat(listed).extracting(DeadLetter::why).containsExactly("broken", "broken, too");
        assertThat(letters.lanes()).contains(lane()).doesNotHaveDuplicates();
        DeadLetter first = listed.getFirst();
        assertThat(letters.list(lane(), first.id(), 10)).hasSize(1);
        assertThat(letters.show(first.id()).orElseThrow())
                .usingRecursiveComparison()
                .isEqualTo(first);
        assertThat(first.partition()).isEqualTo(partition);

        assertThat(letters.retry(first.id())).isTrue();
        assertThat(read(partition, 3, 10))
                .usingRecursiveFieldByFieldElementComparator()
                .as("the same envelope, so the same idempotency key")
                .containsExactly(command("ann", 0));
        assertThat(letters.show(first.id()).orElseThrow().retryCount()).isEqualTo(1);
        store().settle(
                        hold.lease(),
                        TTL_MILLIS,
                        new Settlement(
                                2,
                                4,
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of(new Settlement.Death(command("ann", 0), 6, "broken again"))));
        assertThat(letters.list(lane(), 0, 10)).as("one letter per command").hasSize(2);
        DeadLetter again = letters.show(first.id()).orElseThrow();
        assertThat(again.why()).isEqualTo("broken again");
        assertThat(again.attemptCount()).isEqualTo(12);
        assertThat(again.retryCount()).isEqualTo(1);

        assertThat(letters.drop(first.id())).isTrue();
        assertThat(letters.show(first.id())).isEmpty();
        assertThat(letters.drop(first.id())).isFalse();
        assertThat(letters.retry(first.id())).isFalse();
    }

    private LaneLag lag(LanePartition partition) {
        return store().lags(lane()).stream()
                .filter(lag -> lag.partition().equals(partition))
                .findFirst()
                .orElseThrow();
    }

    private static CommandAnswer answer(int number) {
        CommandResult result = number % 2 == 0
                ? new CommandResult.Done("{}".getBytes(UTF_8))
                : new CommandResult.Refused("POOR", "too poor", number);
        return CommandAnswer.to(command("ann", number), result);
    }
}
