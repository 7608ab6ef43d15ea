package dev.terrane.command;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the commands of many producers into few appends to one lane: what comes while the store writes goes with the next one. Sans-IO, like {@link LaneConsumer}: it is told what happens and
 * says what to do.
 *
 * <p><b>Driving.</b> One thread calls {@link #offer}, {@link #step}, {@link #on} and {@link #poll}; an {@link Append} is carried out on a thread that may wait, one at a time. Whoever offered is
 * answered by {@link #poll}: accepted only when the command is durable.
 *
 * <p><b>When the store is away</b> commands wait up to a bound, then they are refused with {@link CommandErrors#BUSY}, also while an append hangs that has them. A refused one may still be appended:
 * the same request again finds out, and happens once.
 *
 * @param <T> names a producer: what it needs to be answered
 */
public final class LaneWriter<T> {
    private static final int RETRY_AFTER_MILLIS = 1_000;
    private static final long RETRY_NANOS = 100_000_000;
    /** From one append to the next: it touches every partition, so it costs the store nearly as much for ten commands as for a hundred. The first after a pause does not wait. */
    private static final long PACE_NANOS = 4_000_000;

    private static final int APPEND_BYTES_MAX = 2 * 1024 * 1024;

    private final String lane;
    private final int queueCountMax;
    private final long waitNanosMax;
    private final Deque<Waiting<T>> queue = new ArrayDeque<>();
    private final Deque<Written<T>> answers = new ArrayDeque<>();
    /** What is being appended, without those that were refused meanwhile: an append may hang for as long as connections do. */
    private final Deque<Waiting<T>> sent = new ArrayDeque<>();

    private long bytes;
    private long ticket;
    private boolean inFlight;
    private long appendAtNanos = Long.MIN_VALUE / 2;

    private record Waiting<T>(CommandEnvelope command, T producer, long untilNanos) {}

    /** What a producer is told. @param refused null: the command is durable and will have a result */
    public record Written<T>(T producer, CommandResult.@Nullable Refused refused) {}

    /** One append, to be carried out on a thread that may wait. */
    public record Append(long ticket, String lane, List<CommandEnvelope> commands) {
        /** Blocks. Hand the segments of what was kept to the consumers of this process, then tell the writer. */
        public Appended carryOut(LaneStore store) {
            try {
                return new Appended(ticket, store.append(lane, commands), "");
            } catch (RuntimeException e) {
                return new Appended(ticket, null, String.valueOf(e.getMessage()));
            }
        }
    }

    /** What became of an {@link Append}. @param answer null: the store was away, nothing is known */
    public record Appended(long ticket, LaneStore.@Nullable Appended answer, String why) {}

    /**
     * @param queueCountMax commands that wait at most, with {@link CommandLimits#QUEUE_BYTES_MAX} of payload; more are refused at once
     * @param waitNanosMax how long one waits at most for a store that is away
     */
    public LaneWriter(String lane, int queueCountMax, long waitNanosMax) {
        this.lane = lane;
        this.queueCountMax = queueCountMax;
        this.waitNanosMax = waitNanosMax;
    }

    /** Takes a command; the producer is answered by {@link #poll}, perhaps at once with a refusal. */
    public void offer(CommandEnvelope command, T producer, long nowNanos) {
        String fault = EnvelopeCodec.faultOf(command);
        if (!fault.isEmpty()) {
            answers.add(new Written<>(producer, new CommandResult.Refused(CommandErrors.INVALID_PAYLOAD, fault)));
        } else if (queue.size() >= queueCountMax || bytes + command.payload().length > CommandLimits.QUEUE_BYTES_MAX) {
            refuse(producer, "too many commands wait for the lane '" + lane + "'", RETRY_AFTER_MILLIS);
        } else {
            queue.add(new Waiting<>(command, producer, nowNanos + waitNanosMax));
            bytes += command.payload().length;
        }
    }

    /** The next answer, or null. */
    public @Nullable Written<T> poll() {
        return answers.poll();
    }

    /** Commands that wait or are being appended. */
    public int waitingCount() {
        return queue.size() + sent.size();
    }

    /** The next append, or null: nothing to do until an offer, an event or {@link #wakeAtNanos}. */
    public @Nullable Append step(long nowNanos) {
        refuseLate(sent, nowNanos);
        refuseLate(queue, nowNanos);
        if (inFlight || queue.isEmpty() || nowNanos < appendAtNanos) {
            return null;
        }
        List<CommandEnvelope> commands = new ArrayList<>();
        int appended = 0;
        while (!queue.isEmpty() && commands.size() < CommandLimits.APPEND_COUNT_MAX && appended < APPEND_BYTES_MAX) {
            Waiting<T> next = queue.remove();
            sent.add(next);
            commands.add(next.command);
            appended += next.command.payload().length;
        }
        inFlight = true;
        appendAtNanos = nowNanos + PACE_NANOS;
        return new Append(++ticket, lane, commands);
    }

    /** When to call {@link #step} again although nothing has happened. */
    public long wakeAtNanos() {
        long at = Math.min(expiryOf(sent), expiryOf(queue));
        return inFlight || queue.isEmpty() ? at : Math.min(at, appendAtNanos);
    }

    private long expiryOf(Deque<Waiting<T>> waiting) {
        return waiting.isEmpty() ? Long.MAX_VALUE : waiting.element().untilNanos;
    }

    public void on(Appended done, long nowNanos) {
        if (!inFlight || done.ticket != ticket) {
            throw new IllegalStateException("nobody asked for append " + done.ticket);
        }
        inFlight = false;
        if (done.answer != null) {
            sent.forEach(one -> bytes -= one.command.payload().length);
        }
        switch (done.answer) {
            case LaneStore.Appended.Kept _ -> {
                for (Waiting<T> one : sent) {
                    answers.add(new Written<>(one.producer, null));
                }
            }
            case LaneStore.Appended.Full full -> {
                for (Waiting<T> one : sent) {
                    refuse(one.producer, "the lane '" + lane + "' is full", full.retryAfterMillis());
                }
            }
            case null -> {
                appendAtNanos = nowNanos + RETRY_NANOS;
                for (Waiting<T> one : sent.reversed()) {
                    queue.addFirst(one); // those that have waited long enough are refused by the next step
                }
            }
        }
        sent.clear();
    }

    private void refuseLate(Deque<Waiting<T>> waiting, long nowNanos) {
        while (nowNanos >= expiryOf(waiting)) {
            Waiting<T> late = waiting.remove();
            bytes -= late.command.payload().length;
            refuseAway(late.producer);
        }
    }

    private void refuseAway(T producer) {
        refuse(
                producer,
                "the store of the lane '" + lane + "' did not answer in time; send the same request again",
                RETRY_AFTER_MILLIS);
    }

    private void refuse(T producer, String reason, int retryAfterMillis) {
        answers.add(new Written<>(producer, new CommandResult.Refused(CommandErrors.BUSY, reason, retryAfterMillis)));
    }
}
