package dev.terrane.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Meters;
import dev.terrane.base.Rng;
import dev.terrane.command.CommandReceiver.Delivery;
import dev.terrane.command.CommandReceiver.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One consumer by hand: store calls succeed at once unless the store is away, deliveries wait for the test's answer. */
class LaneConsumerTest {
    private static final long MILLI = 1_000_000;
    private static final LaneTiming TIMING =
            new LaneTiming(3_000, 10 * MILLI, 1_000 * MILLI, 500 * MILLI, MILLI, 50 * MILLI, 0);
    private static final LanePartition PARTITION = new LanePartition("shop", 0);

    private final MemoryLaneStore store = new MemoryLaneStore(1, 100_000);
    private LaneConsumer consumer = new LaneConsumer(PARTITION, "node-1", TIMING, new Rng(1), Meters.none());
    private final List<CommandAnswer> published = new ArrayList<>();
    private LaneAction.@Nullable Deliver delivered;
    private boolean storeIsAway;
    private int readCount;
    private long now = 5_000 * MILLI;

    private void append(String key, int from, int until) {
        store.append(
                "shop",
                IntStream.range(from, until)
                        .mapToObj(i -> LaneContract.command(key, i))
                        .toList());
    }

    /** Lets the consumer do what it wants now. */
    private void run() {
        for (LaneAction action = consumer.step(now); action != null; action = consumer.step(now)) {
            switch (action) {
                case LaneAction.StoreCall call -> {
                    readCount += call instanceof LaneAction.Read ? 1 : 0;
                    consumer.on(
                            storeIsAway ? new LaneEvent.Away(call.ticket(), "away", false) : call.carryOut(store), now);
                }
                case LaneAction.Deliver deliver -> {
                    assertThat(delivered).as("one batch at a time").isNull();
                    delivered = deliver;
                }
                case LaneAction.Publish publish -> published.addAll(publish.answers());
            }
        }
    }

    /** Lets time pass in small steps. */
    private void letPass(long millis) {
        for (long i = 0; i < millis; i++) {
            now += MILLI;
            store.letPass(1);
            run();
        }
    }

    /** At most as long as the longest pause between two tries. */
    private void untilDelivered() {
        for (int i = 0; i < 1_600 && delivered == null; i++) {
            letPass(1);
        }
    }

    private LaneAction.Deliver batch() {
        LaneAction.Deliver batch = Objects.requireNonNull(delivered, "a batch is due");
        delivered = null;
        return batch;
    }

    private static List<String> events(List<Delivery> batch) {
        return batch.stream()
                .map(delivery -> delivery.command().trace().eventId() + " try " + delivery.attempt())
                .toList();
    }

    private void answer(LaneAction.Deliver batch, String verdicts) {
        List<Verdict> list = verdicts.chars()
                .<Verdict>mapToObj(c -> switch (c) {
                    case 'S' -> new Verdict.Settled(new CommandResult.Done(new byte[0]));
                    case 'T' -> new Verdict.Threw("a bug");
                    case 'U' -> new Verdict.Unreached("its cell is away");
                    default -> new Verdict.Behind();
                })
                .toList();
        consumer.on(new LaneEvent.Answered(batch.ticket(), list), now);
        run();
    }

    private void unavailable() {
        consumer.on(new LaneEvent.Unavailable(batch().ticket(), "down"), now);
        run();
    }

    private LaneLag lag() {
        return store.lags("shop").getFirst();
    }

    @Test
    void settlesLittleOnlyNowAndThenButTellsItAtOnce() {
        LaneTiming gathering = new LaneTiming(3_000, MILLI, MILLI, 500 * MILLI, MILLI, MILLI, 100 * MILLI);
        consumer = new LaneConsumer(PARTITION, "node-1", gathering, new Rng(1), Meters.none());
        append("ann", 0, 1);
        untilDelivered();
        answer(batch(), "S");
        assertThat(published).hasSize(1);
        append("ann", 1, 2);
        letPass(50);
        answer(batch(), "S");
        assertThat(published).hasSize(2);
        assertThat(lag().waitingCount()).as("both gather").isEqualTo(2);
        letPass(49);
        assertThat(lag().waitingCount()).isEqualTo(2);
        letPass(1);
        assertThat(lag().waitingCount()).isZero();
        assertThat(store.answers(PARTITION, 1 << 20)).as("in one settlement").hasSize(1);
    }

    @Test
    void waitsForNoMoreSettlementsWhenItStops() {
        LaneTiming gathering = new LaneTiming(3_000, MILLI, MILLI, 500 * MILLI, MILLI, MILLI, 100 * MILLI);
        consumer = new LaneConsumer(PARTITION, "node-1", gathering, new Rng(1), Meters.none());
        append("ann", 0, 1);
        untilDelivered();
        answer(batch(), "S");
        consumer.stop();
        run();
        assertThat(consumer.isStopped()).isTrue();
        assertThat(lag().waitingCount()).isZero();
    }

    @Test
    void deliversTheRowInOrderAndSettlesIt() {
        append("ann", 0, 700);
        run();
        LaneAction.Deliver first = batch();
        assertThat(first.batch()).hasSize(CommandLimits.BATCH_COUNT_MAX);
        assertThat(first.batch().get(511).offset()).isEqualTo(511);
        letPass(100);
        assertThat(delivered).as("one batch at a time").isNull();
        answer(first, "S".repeat(512));
        assertThat(published).hasSize(512);
        assertThat(lag().waitingCount()).isEqualTo(188);
        answer(batch(), "S".repeat(188));
        assertThat(lag().waitingCount()).isZero();
        assertThat(store.answers(PARTITION, 1 << 20)).hasSize(2);
    }

    @Test
    void needsNoReadForWhatItWasOffered() {
        append("ann", 0, 1);
        run();
        answer(batch(), "S");
        append("ann", 1, 3);
        LaneSegment fresh = store.read(PARTITION, 1, 10).getFirst();
        storeIsAway = true;
        consumer.offered(new LaneSegment(PARTITION, 2, fresh.commands().subList(1, 2)));
        run();
        assertThat(delivered).as("a gap is read, not guessed").isNull();
        consumer.offered(fresh);
        run();
        assertThat(events(batch().batch())).containsExactly("e1 try 1", "e2 try 1");
    }

    @Test
    void looksOnceForANudgeAndIsAsPatientAsBefore() {
        letPass(500); // an empty row: it looks every 25 to 75 ms by now
        readCount = 0;
        consumer.nudged();
        letPass(20);
        assertThat(readCount).isEqualTo(1);
        append("ann", 0, 1);
        consumer.nudged();
        run();
        assertThat(events(batch().batch())).containsExactly("e0 try 1");
    }

    @Test
    void looksAgainWhenItIsNudgedWhileItLooks() {
        letPass(500);
        consumer.nudged();
        LaneAction.StoreCall look = (LaneAction.StoreCall) Objects.requireNonNull(consumer.step(now));
        LaneEvent nothing = look.carryOut(store);
        append("ann", 0, 1); // behind what it has seen
        consumer.nudged();
        consumer.on(nothing, now);
        run();
        assertThat(events(batch().batch())).containsExactly("e0 try 1");
    }

    @Test
    void parksAKeyThatCannotBeReachedAndLetsOthersGoOn() {
        append("ann", 0, 2);
        append("bob", 2, 3);
        run();
        answer(batch(), "UBS");
        assertThat(published).hasSize(1);
        assertThat(lag().parkedCount()).isEqualTo(2);
        append("bob", 3, 4);
        consumer.nudged();
        run();
        LaneAction.Deliver others = batch();
        assertThat(events(others.batch())).containsExactly("e3 try 1");
        answer(others, "S");
        untilDelivered();
        LaneAction.Deliver again = batch();
        assertThat(events(again.batch())).containsExactly("e0 try 2", "e1 try 1");
        answer(again, "SS");
        assertThat(lag().parkedCount()).isZero();
        assertThat(store.deadLetters().list("shop", 0, 10)).isEmpty();
    }

    @Test
    void givesUpWhatIsNeverReached() {
        append("ann", 0, 1);
        run();
        for (int tries = 0; tries < 6; tries++) {
            untilDelivered();
            answer(batch(), "U");
        }
        assertThat(store.deadLetters().list("shop", 0, 10))
                .hasSize(1)
                .allMatch(letter -> letter.why().contains("its cell is away"));
    }

    @Test
    void parksAKeyWhoseHandlerThrewAndLetsOthersGoOn() {
        append("ann", 0, 2);
        append("bob", 2, 3);
        append("ann", 3, 4);
        run();
        answer(batch(), "TBSB");
        assertThat(lag().parkedCount()).isEqualTo(3);
        append("ann", 4, 5);
        append("bob", 5, 6);
        consumer.nudged();
        run();
        LaneAction.Deliver others = batch();
        assertThat(events(others.batch())).containsExactly("e5 try 1");
        answer(others, "S");
        assertThat(lag().parkedCount()).isEqualTo(4);
        letPass(20);
        LaneAction.Deliver again = batch();
        assertThat(events(again.batch())).containsExactly("e0 try 2", "e1 try 1", "e3 try 1", "e4 try 1");
        answer(again, "SSSS");
        assertThat(lag()).isEqualTo(new LaneLag(PARTITION, 0, 0, 0));
    }

    @Test
    void givesACommandUpAfterTooManyThrowsAndItsKeyGoesOn() {
        append("ann", 0, 2);
        run();
        for (int attempt = 1; attempt <= 1 + CommandLimits.RETRY_COUNT_MAX; attempt++) {
            LaneAction.Deliver batch = batch();
            assertThat(batch.batch().getFirst().attempt()).isEqualTo(attempt);
            assertThat(published).isEmpty();
            answer(batch, "TB");
            untilDelivered();
        }
        assertThat(published).singleElement().satisfies(dead -> {
            assertThat(dead.origin().requestId()).isEqualTo("request-0");
            assertThat(((CommandResult.Refused) dead.result()).errorCode()).isEqualTo(CommandErrors.DEAD);
        });
        assertThat(store.list("shop", 0, 10)).singleElement().satisfies(letter -> {
            assertThat(letter.attemptCount()).isEqualTo(6);
            assertThat(letter.why()).isEqualTo("a bug");
        });
        assertThat(events(batch().batch())).containsExactly("e1 try 1");
    }

    @Test
    void letsNoKeyGoOnBeforeADeathIsDurable() {
        append("ann", 0, 2);
        run();
        for (int attempt = 1; attempt <= CommandLimits.RETRY_COUNT_MAX; attempt++) {
            answer(batch(), "TB");
            untilDelivered();
        }
        storeIsAway = true;
        answer(batch(), "TB");
        letPass(100);
        assertThat(delivered).isNull();
        assertThat(published).isEmpty();
        storeIsAway = false;
        letPass(100);
        assertThat(published).hasSize(1);
        assertThat(events(batch().batch())).containsExactly("e1 try 1");
    }

    @Test
    void triesAReceiverThatIsUnavailableAgainAndGivesUpInTheEnd() {
        append("ann", 0, 2);
        run();
        for (int i = 0; i < CommandLimits.RETRY_COUNT_MAX; i++) {
            unavailable();
            assertThat(delivered).as("it pauses").isNull();
            untilDelivered();
        }
        unavailable();
        letPass(100);
        assertThat(store.list("shop", 0, 10)).hasSize(2);
        assertThat(published).hasSize(2);
        assertThat(lag().waitingCount()).isZero();
    }

    @Test
    void countsNoFaultWhileItsOwnStoreIsAway() {
        append("ann", 0, 1);
        run();
        for (int i = 0; i < 50; i++) {
            storeIsAway = true;
            unavailable();
            letPass(20);
            storeIsAway = false;
            letPass(100);
        }
        answer(batch(), "S");
        assertThat(store.list("shop", 0, 10)).isEmpty();
        assertThat(lag().waitingCount()).isZero();
    }

    @Test
    void takesSilenceForAFaultAndIgnoresTheLateAnswer() {
        append("ann", 0, 1);
        run();
        LaneAction.Deliver silent = batch();
        letPass(600);
        LaneAction.Deliver again = batch();
        assertThat(events(again.batch())).containsExactly("e0 try 2");
        answer(silent, "S");
        assertThat(published).isEmpty();
        answer(again, "S");
        assertThat(published).hasSize(1);
    }

    @Test
    void takesTooFewVerdictsForAFault() {
        append("ann", 0, 2);
        run();
        answer(batch(), "S");
        assertThat(published).isEmpty();
        letPass(50);
        assertThat(events(batch().batch())).containsExactly("e0 try 2", "e1 try 2");
    }

    @Test
    void renewsItsLeaseWhileAReceiverThinks() {
        append("ann", 0, 1);
        run();
        letPass(400);
        LaneAction.Deliver slow = batch();
        for (int i = 0; i < 20; i++) {
            letPass(400);
            delivered = null; // silence, again and again
            assertThat(store.acquire(PARTITION, "node-2", 3_000)).isEmpty();
        }
        assertThat(slow.batch()).hasSize(1);
        assertThat(consumer.isHolding()).isTrue();
    }

    @Test
    void forgetsEverythingWithItsLease() {
        append("ann", 0, 3);
        run();
        LaneAction.Deliver mine = batch();
        store.letPass(10_000); // it stood still, as it were
        LaneHold other = store.acquire(PARTITION, "node-2", 3_000).orElseThrow();
        answer(mine, "SSS");
        assertThat(consumer.isHolding()).isFalse();
        assertThat(lag().waitingCount()).isEqualTo(3);
        store.release(other.lease());
        untilDelivered();
        assertThat(events(batch().batch())).containsExactly("e0 try 1", "e1 try 1", "e2 try 1");
    }

    @Test
    void stopsAfterWhatIsOnItsWayAndGivesTheLeaseBack() {
        append("ann", 0, 600);
        run();
        LaneAction.Deliver last = batch();
        consumer.stop();
        run();
        assertThat(consumer.isStopped()).isFalse();
        answer(last, "S".repeat(512));
        assertThat(consumer.isStopped()).isTrue();
        assertThat(delivered).isNull();
        assertThat(lag().waitingCount()).isEqualTo(88);
        assertThat(store.acquire(PARTITION, "node-2", 3_000)).isPresent();
    }

    @Test
    void takesNoMoreFromItsRowWhenTooManyAreParked() {
        append("ann", 0, 3_000);
        run();
        answer(batch(), "T" + "B".repeat(511));
        for (int i = 0; i < 3; i++) {
            untilDelivered();
            if (delivered != null) {
                LaneAction.Deliver again = batch();
                assertThat(again.batch()).hasSize(256);
                answer(again, "T" + "B".repeat(255));
            }
        }
        assertThat(lag().parkedCount()).isBetween(513, LaneBook.PARKED_COUNT_MAX);
        assertThat(lag().waitingCount()).isGreaterThanOrEqualTo(3_000 - LaneBook.PARKED_COUNT_MAX);
    }
}
