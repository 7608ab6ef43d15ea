package dev.terrane.command;

import dev.terrane.base.Meters;
import dev.terrane.base.Rng;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one consumer of a partition: takes the lease, delivers the row batch by batch, makes results durable. Waits for nobody and does nothing itself: it is told events and says actions.
 *
 * <pre>
 *   UNHELD ──acquired──► HELD: ┌ store line:    renew · settle · read ahead       one call at a time
 *      ▲                       └ delivery line: one batch, again until it is concluded
 *      └── stale lease, or ────── everything known is forgotten; the successor reads it anew
 *          a store that forgot
 * </pre>
 *
 * <p><b>Driving.</b> One thread, or several one after the other, call {@link #on} with what has happened, then {@link #step} until it says null, then sleep until {@link #wakeAtNanos} or the next
 * event. Each action is carried out elsewhere: a {@link LaneAction.StoreCall} by {@code call.carryOut(store)} on a thread that may wait, a {@link LaneAction.Deliver} by the receiver, whose reply may
 * come from any thread and is put into the driver's queue. Nothing here blocks.
 *
 * <p><b>Faults.</b> <i>The lane's store is away</i>: everything waits, nothing is counted. <i>It has crashed and forgotten settlements</i>: as if the lease were lost. <i>The receiver is unavailable</i>, or silent for too long: the batch comes again after a pause, at most
 * {@link CommandLimits#RETRY_COUNT_MAX} times; it counts only if the lane's own store answers at that time, so that a database that both share can be away for hours without killing a command. Then
 * all of the batch is dead. <i>A handler threw</i>, or only those of one key were not reached: the key is parked, other keys go on.
 *
 * <p><b>Order.</b> Of one key nothing is delivered before everything ahead of it is settled or durably dead. A consumer that lost its lease may deliver once more what its successor delivers, too:
 * the receiver's idempotency keys make that harmless.
 */
public final class LaneConsumer {
    private final LanePartition partition;
    private final String holder;
    private final LaneTiming timing;
    private final Rng rng;
    private final LaneMeters meters;

    private @Nullable LaneLease lease;
    private long leaseUntilNanos;
    private LaneBook book;
    private Unsettled unsettled;
    private @Nullable LaneBatch batch;
    private List<CommandAnswer> toPublish = List.of();

    private LaneAction.@Nullable StoreCall call;
    private long callSentNanos;
    private long callAtNanos = Long.MIN_VALUE;
    private int awayCount;
    private long readAtNanos = Long.MIN_VALUE;
    /** Of what has gathered since the last settlement. */
    private long settleAtNanos;

    private int emptyCount;
    private boolean nudgedWhileReading;

    private long steppedNanos = Long.MIN_VALUE / 2; // far past, yet a difference to it does not overflow
    private long ticket;
    private boolean stopping;
    private boolean stopped;

    /**
     * @param holder names this process among those that may hold the lease; the same after a restart, so that it need not wait for the end of its own lease
     * @param rng spreads pauses; this consumer's own
     */
    public LaneConsumer(LanePartition partition, String holder, LaneTiming timing, Rng rng, Meters meters) {
        this.partition = partition;
        this.holder = holder;
        this.timing = timing;
        this.rng = rng;
        this.meters = LaneMeters.of(meters, partition.lane());
        this.book = new LaneBook(
                new LaneHold(new LaneLease(partition, holder, 0), 0, 0, List.of()), timing, rng, this.meters, 0);
        this.unsettled = new Unsettled(0, 0);
    }

    public LanePartition partition() {
        return partition;
    }

    /** Says the next thing to do, or null: nothing until the next event or {@link #wakeAtNanos}. */
    public @Nullable LaneAction step(long nowNanos) {
        steppedNanos = nowNanos;
        if (!toPublish.isEmpty()) {
            LaneAction publish = new LaneAction.Publish(toPublish);
            toPublish = List.of();
            return publish;
        }
        LaneBatch current = batch;
        if (current != null && current.ticket != 0 && nowNanos >= current.sentAtNanos + timing.answerNanosMax()) {
            fault(current, "no answer within " + timing.answerNanosMax() / 1_000_000 + " ms");
        }
        if (call == null && nowNanos >= callAtNanos) {
            call = nextCall(nowNanos);
            if (call != null) {
                callSentNanos = nowNanos;
                return call;
            }
        }
        return lease == null || nowNanos >= leaseUntilNanos ? null : nextDelivery(nowNanos);
    }

    /** When to call {@link #step} again although nothing has happened; not before the last step. */
    public long wakeAtNanos() {
        return Math.max(steppedNanos, nextWishNanos());
    }

    private long nextWishNanos() {
        LaneBatch current = batch;
        long at = Long.MAX_VALUE;
        if (call == null && !stopped) {
            boolean wantsNow = lease == null || current != null && current.probing;
            long wanted =
                    wantsNow ? Long.MIN_VALUE : Math.min(settlingAtNanos(), Math.min(renewAtNanos(), readingAtNanos()));
            at = Math.max(callAtNanos, wanted);
        }
        if (lease == null || steppedNanos >= leaseUntilNanos) {
            return at; // nothing is delivered before the lease is renewed
        }
        if (current == null) {
            return stopping || unsettled.isFull() || unsettled.hasDeaths() ? at : Math.min(at, book.nextDueNanos());
        }
        if (current.ticket != 0) {
            return Math.min(at, current.sentAtNanos + timing.answerNanosMax());
        }
        return current.probing ? at : Math.min(at, current.deliverAtNanos);
    }

    /**
     * Commands were appended by this process: spares reading them back. It is a hint; segments may be missing, old or of other partitions.
     */
    public void offered(LaneSegment segment) {
        if (lease == null || !segment.partition().equals(partition)) {
            return;
        }
        boolean asked = readAtNanos == Long.MIN_VALUE;
        if (book.take(segment) && !asked) {
            // It joins what is known, so nothing else was appended before it; what others append after it makes a gap
            // before the next.
            readAtNanos = Math.max(readAtNanos, steppedNanos + timing.pollNanosMin());
        } else if (!asked) {
            nudged();
        }
    }

    /** Something was appended by somebody: look once, at once. A hint, too: it changes nothing about when to look without one. */
    public void nudged() {
        readAtNanos = Long.MIN_VALUE;
        nudgedWhileReading = call instanceof LaneAction.Read; // which may have looked before
    }

    /** Concludes what is on its way, gives the lease back, then is {@link #isStopped}. Drive it until then, or let it go: the lease ends by itself. */
    public void stop() {
        stopping = true;
        stopped = lease == null && !(call instanceof LaneAction.Acquire);
    }

    public boolean isStopped() {
        return stopped;
    }

    /** Whether it holds the lease, as far as it knows. */
    public boolean isHolding() {
        return lease != null;
    }

    /** Tells it what has happened. Answers to what it has given up since are ignored. */
    public void on(LaneEvent event, long nowNanos) {
        switch (event) {
            case LaneEvent.Answered answer -> answered(answer, nowNanos);
            case LaneEvent.Unavailable unavailable -> {
                LaneBatch current = batch;
                if (current != null && current.ticket == unavailable.ticket()) {
                    fault(current, unavailable.why());
                }
            }
            case LaneEvent.Acquired acquired when isAnswer(acquired.ticket()) -> acquired(acquired, nowNanos);
            case LaneEvent.Renewed renewed when isAnswer(renewed.ticket()) -> held(renewed.held(), nowNanos);
            case LaneEvent.Settled settled
            when isAnswer(settled.ticket()) -> {
                if (settled.held()) {
                    toPublish = joined(toPublish, unsettled.confirmed());
                }
                held(settled.held(), nowNanos);
            }
            case LaneEvent.WasRead read when isAnswer(read.ticket()) -> wasRead(read.segments(), nowNanos);
            case LaneEvent.Released released
            when isAnswer(released.ticket()) -> {
                lease = null;
                stopped = true;
            }
            case LaneEvent.Away away when isAnswer(away.ticket()) -> away(nowNanos);
            default -> {} // the answer to a call that was given up with its lease
        }
    }

    private boolean isAnswer(long answered) {
        if (call == null || call.ticket() != answered) {
            return false;
        }
        call = null;
        return true;
    }

    private LaneAction.@Nullable StoreCall nextCall(long nowNanos) {
        LaneLease held = lease;
        if (held == null) {
            return stopping ? null : new LaneAction.Acquire(++ticket, partition, holder, timing.leaseMillis());
        }
        if (nowNanos >= renewAtNanos() || batch != null && batch.probing) {
            return new LaneAction.Renew(++ticket, held, unsettled.confirmedNumber(), timing.leaseMillis());
        }
        if (nowNanos >= settlingAtNanos()) {
            return new LaneAction.Settle(++ticket, held, timing.leaseMillis(), unsettled.next());
        }
        if (stopping) {
            if (batch != null && batch.ticket == 0) {
                batch = null; // it waits for another try: the successor's
            }
            return batch == null ? new LaneAction.Release(++ticket, held) : null;
        }
        if (nowNanos >= readingAtNanos()) {
            return new LaneAction.Read(++ticket, partition, book.tailEnd(), CommandLimits.BATCH_COUNT_MAX);
        }
        return null;
    }

    private long renewAtNanos() {
        return leaseUntilNanos - timing.leaseNanos() * 2 / 3;
    }

    private long settlingAtNanos() {
        if (unsettled.isEmpty()) {
            return Long.MAX_VALUE;
        }
        return stopping || unsettled.isUrgent() ? Long.MIN_VALUE : settleAtNanos;
    }

    private long readingAtNanos() {
        return book.tailIsEmpty() ? readAtNanos : Long.MAX_VALUE;
    }

    private @Nullable LaneAction nextDelivery(long nowNanos) {
        LaneBatch current = batch;
        if (current == null) {
            if (stopping || unsettled.isFull() || unsettled.hasDeaths()) {
                return null;
            }
            current = book.plan(nowNanos);
            if (current == null) {
                return null;
            }
            if (current.deliveries.isEmpty()) {
                book.finish(current, unsettled);
                return step(nowNanos);
            }
            batch = current;
        } else if (current.ticket != 0 || current.probing || nowNanos < current.deliverAtNanos) {
            return null;
        }
        current.ticket = ++ticket;
        current.sentAtNanos = nowNanos;
        return new LaneAction.Deliver(current.ticket, current.toDeliver());
    }

    private void acquired(LaneEvent.Acquired answer, long nowNanos) {
        awayCount = 0;
        if (answer.hold().isEmpty()) {
            stopped = stopping;
            callAtNanos = nowNanos + LaneTiming.jittered(timing.leaseNanos() / 3, rng);
            return;
        }
        LaneHold hold = answer.hold().get();
        lease = hold.lease();
        leaseUntilNanos = callSentNanos + timing.leaseNanos();
        book = new LaneBook(hold, timing, rng, meters, nowNanos);
        unsettled = new Unsettled(hold.settledNumber(), hold.cursor());
        readAtNanos = Long.MIN_VALUE;
        emptyCount = 0;
    }

    /** An answer to a call under the lease. */
    private void held(boolean held, long nowNanos) {
        awayCount = 0;
        if (!held) {
            lease = null;
            batch = null;
            meters.leasesLost().one();
            stopped = stopping;
            callAtNanos = nowNanos + LaneTiming.jittered(timing.leaseNanos() / 3, rng);
            return;
        }
        // From when it was asked for: the store may have counted from then on.
        leaseUntilNanos = callSentNanos + timing.leaseNanos();
        LaneBatch current = batch;
        if (current != null && current.probing) {
            probed(current, nowNanos);
        }
    }

    private void away(long nowNanos) {
        awayCount++;
        meters.storeAway().one();
        callAtNanos = nowNanos + timing.pollNanos(awayCount, rng);
        if (batch != null && batch.probing) {
            batch.storeWasAway = true;
        }
        if (lease == null) {
            stopped = stopping;
        }
    }

    private void wasRead(List<LaneSegment> segments, long nowNanos) {
        awayCount = 0;
        for (LaneSegment segment : segments) {
            book.take(segment);
        }
        emptyCount = segments.isEmpty() ? emptyCount + 1 : 0;
        boolean again = !segments.isEmpty() || nudgedWhileReading;
        nudgedWhileReading = false;
        readAtNanos = again ? Long.MIN_VALUE : nowNanos + timing.pollNanos(emptyCount, rng);
    }

    private void answered(LaneEvent.Answered answer, long nowNanos) {
        LaneBatch current = batch;
        if (current == null || current.ticket != answer.ticket()) {
            return;
        }
        if (answer.verdicts().size() != current.deliveries.size()) {
            fault(
                    current,
                    "the receiver gave " + answer.verdicts().size() + " verdicts for " + current.deliveries.size()
                            + " commands");
            return;
        }
        if (unsettled.isEmpty()) {
            settleAtNanos = nowNanos + timing.settleNanosMax();
        }
        List<CommandAnswer> answers = book.conclude(current, answer.verdicts(), unsettled, nowNanos);
        meters.settled().add(answers.size());
        toPublish = joined(toPublish, answers);
        batch = null;
    }

    private void fault(LaneBatch current, String why) {
        meters.unavailable().one();
        current.ticket = 0;
        current.why = why;
        current.probing = true;
        current.storeWasAway = false;
    }

    /** Our own store answers. If it was away a moment ago, the receiver was probably away with it. */
    private void probed(LaneBatch current, long nowNanos) {
        current.probing = false;
        if (current.storeWasAway) {
            current.deliverAtNanos = nowNanos;
            return;
        }
        current.faultCount++;
        if (current.faultCount > CommandLimits.RETRY_COUNT_MAX) {
            book.giveUp(current, unsettled, nowNanos);
            batch = null;
        } else {
            current.deliverAtNanos = nowNanos + timing.retryNanos(current.faultCount, rng);
        }
    }

    private static List<CommandAnswer> joined(List<CommandAnswer> first, List<CommandAnswer> second) {
        if (first.isEmpty()) {
            return second;
        }
        List<CommandAnswer> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }
}
