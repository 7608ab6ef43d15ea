package dev.terrane.command;

import dev.terrane.base.Rng;
import dev.terrane.command.CommandReceiver.Delivery;
import dev.terrane.command.CommandReceiver.Verdict;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a consumer knows of its partition: the commands read ahead, the parked ones, and how verdicts change both.
 *
 * <pre>
 *   read or offered ──► tail ──┬─ key not parked ─► batch ─┬ Settled ─► answer
 *                              └─ key parked ─► behind     ├ Threw ───► parked, later again ─► dead after too many
 *                   parked and due ──────────► batch       └ Behind ──► parked
 * </pre>
 */
final class LaneBook {
    /** A partition stops taking from its row when so many are parked: it has a bug to cure, not commands to hoard. */
    static final int PARKED_COUNT_MAX = 2 * CommandLimits.BATCH_COUNT_MAX;

    private static final int TAIL_COUNT_MAX = 4 * CommandLimits.BATCH_COUNT_MAX;

    private final ParkedKeys parked = new ParkedKeys();
    private final Deque<Delivery> tail = new ArrayDeque<>();
    private final LaneTiming timing;
    private final Rng rng;
    private final LaneMeters meters;
    private long tailEnd;

    LaneBook(LaneHold hold, LaneTiming timing, Rng rng, LaneMeters meters, long nowNanos) {
        this.timing = timing;
        this.rng = rng;
        this.meters = meters;
        this.tailEnd = hold.cursor();
        for (ParkedCommand command : hold.parked()) {
            parked.add(command, nowNanos);
        }
    }

    /** Offset of the first command that is not known here. */
    long tailEnd() {
        return tailEnd;
    }

    boolean tailIsEmpty() {
        return tail.isEmpty();
    }

    /** Takes what follows on; what is known already is skipped, and what leaves a gap is left to be read. Returns whether there is no gap. */
    boolean take(LaneSegment segment) {
        if (segment.firstOffset() > tailEnd || tail.size() >= TAIL_COUNT_MAX) {
            return false;
        }
        for (long offset = tailEnd; offset < segment.endOffset(); offset++) {
            CommandEnvelope command = segment.commands().get((int) (offset - segment.firstOffset()));
            tail.add(new Delivery(offset, command, 1));
        }
        tailEnd = Math.max(tailEnd, segment.endOffset());
        return true;
    }

    long nextDueNanos() {
        return parked.nextDueNanos();
    }

    /** What is to be delivered now, in order: keys that are due, then the row. */
    @Nullable
    LaneBatch plan(long nowNanos) {
        List<Delivery> batch = new ArrayList<>();
        Set<String> whole = parked.size() == 0 ? Set.of() : takeDue(batch, nowNanos);
        List<ParkedCommand> behind = new ArrayList<>();
        int fromTail = 0;
        while (!tail.isEmpty()
                && batch.size() + behind.size() < CommandLimits.BATCH_COUNT_MAX
                && parked.size() + fromTail < PARKED_COUNT_MAX) {
            Delivery next = tail.remove();
            if (parked.holds(next.command().key())
                    && !whole.contains(next.command().key())) {
                ParkedCommand follower = new ParkedCommand(next.offset(), next.command(), 0, "");
                parked.add(follower, nowNanos);
                behind.add(follower);
            } else {
                batch.add(next);
                fromTail++;
            }
        }
        if (batch.isEmpty() && behind.isEmpty()) {
            return null;
        }
        return new LaneBatch(batch, behind, tailEnd - tail.size());
    }

    /** Returns the keys of which everything parked is in the batch, so that what follows them in the row may follow here. */
    private Set<String> takeDue(List<Delivery> batch, long nowNanos) {
        Set<String> whole = new TreeSet<>();
        int room = CommandLimits.BATCH_COUNT_MAX / 2; // the other half stays for keys that are well
        for (ParkedKeys.Row row : parked.due(nowNanos)) {
            if (row.size() <= room) {
                whole.add(row.key());
            }
            for (ParkedCommand command : row.commands()) {
                if (room == 0) {
                    return whole;
                }
                batch.add(new Delivery(command.offset(), command.command(), command.attemptCount() + 1));
                room--;
            }
        }
        return whole;
    }

    /** Returns what may be published at once: its effects are committed. */
    List<CommandAnswer> conclude(LaneBatch batch, List<Verdict> verdicts, Unsettled unsettled, long nowNanos) {
        List<CommandAnswer> committed = new ArrayList<>(batch.deliveries.size());
        Set<String> waiting = new TreeSet<>();
        for (int i = 0; i < batch.deliveries.size(); i++) {
            Delivery delivery = batch.deliveries.get(i);
            String key = delivery.command().key();
            switch (verdicts.get(i)) {
                case Verdict.Settled settled -> {
                    CommandAnswer answer = CommandAnswer.to(delivery.command(), settled.result());
                    unsettled.answer(answer);
                    committed.add(answer);
                    leave(delivery, unsettled, nowNanos);
                }
                case Verdict.Threw threw -> {
                    waiting.add(key);
                    threw(delivery, threw.what(), unsettled, nowNanos);
                }
                case Verdict.Unreached unreached -> {
                    waiting.add(key);
                    meters.unreached().one();
                    later(delivery, unreached.why(), unsettled, nowNanos);
                }
                case Verdict.Behind _
                when !waiting.contains(key) ->
                    // Behind nobody: without this a receiver's mistake would keep it going round for ever.
                    threw(delivery, "the receiver put it behind a command that it did not have", unsettled, nowNanos);
                case Verdict.Behind _ -> {
                    if (parked.find(key, delivery.offset()) == null) {
                        ParkedCommand follower = new ParkedCommand(delivery.offset(), delivery.command(), 0, "");
                        parked.add(follower, nowNanos);
                        unsettled.park(follower);
                    }
                }
            }
        }
        finish(batch, unsettled);
        return committed;
    }

    private void threw(Delivery delivery, String what, Unsettled unsettled, long nowNanos) {
        meters.threw().one();
        later(delivery, what, unsettled, nowNanos);
    }

    /** Its key waits, unless it has waited often enough. */
    private void later(Delivery delivery, String what, Unsettled unsettled, long nowNanos) {
        if (delivery.attempt() > CommandLimits.RETRY_COUNT_MAX) {
            bury(delivery, delivery.attempt(), what, unsettled, nowNanos);
            return;
        }
        ParkedCommand again = new ParkedCommand(delivery.offset(), delivery.command(), delivery.attempt(), what);
        long dueNanos = nowNanos + timing.retryNanos(delivery.attempt(), rng);
        if (parked.find(delivery.command().key(), delivery.offset()) == null) {
            parked.add(again, dueNanos);
        } else {
            parked.postpone(again, dueNanos);
        }
        unsettled.park(again);
    }

    /** The receiver was never there for it. */
    void giveUp(LaneBatch batch, Unsettled unsettled, long nowNanos) {
        for (Delivery delivery : batch.deliveries) {
            bury(delivery, delivery.attempt() + batch.faultCount - 1, batch.why, unsettled, nowNanos);
        }
        finish(batch, unsettled);
    }

    void finish(LaneBatch batch, Unsettled unsettled) {
        batch.behind.forEach(unsettled::park);
        unsettled.moveTo(batch.endOffset);
    }

    private void bury(Delivery delivery, int attemptCount, String why, Unsettled unsettled, long nowNanos) {
        CommandResult told = new CommandResult.Refused(
                CommandErrors.DEAD, "it failed " + attemptCount + " times and was put aside for an operator");
        unsettled.bury(
                new Settlement.Death(delivery.command(), attemptCount, why),
                CommandAnswer.to(delivery.command(), told));
        leave(delivery, unsettled, nowNanos);
        meters.dead().one();
    }

    private void leave(Delivery delivery, Unsettled unsettled, long nowNanos) {
        if (parked.remove(delivery.command().key(), delivery.offset(), nowNanos)) {
            unsettled.unpark(delivery.offset());
        }
    }
}
