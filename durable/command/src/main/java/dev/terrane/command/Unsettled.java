package dev.terrane.command;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a consumer has not made durable yet: one settlement on its way, and what has gathered behind it since.
 *
 * <p>The one on its way stays as it is until the store has confirmed it: after a broken call it may be durable already, and only the very same one can be sent again.
 */
final class Unsettled {
    private static final int ANSWER_COUNT_MAX = 4 * CommandLimits.BATCH_COUNT_MAX;

    private long number;
    private long cursor;
    private boolean moved;
    private List<CommandAnswer> answers = new ArrayList<>();
    private List<CommandAnswer> deadAnswers = new ArrayList<>();
    private SortedMap<Long, ParkedCommand> parked = new TreeMap<>();
    private List<Long> unparked = new ArrayList<>();
    private List<Settlement.Death> dead = new ArrayList<>();

    private @Nullable Settlement sent;
    private List<CommandAnswer> publishWhenSettled = List.of();

    Unsettled(long number, long cursor) {
        this.number = number;
        this.cursor = cursor;
    }

    void moveTo(long newCursor) {
        cursor = newCursor;
        moved = true;
    }

    void answer(CommandAnswer answer) {
        answers.add(answer);
        moved = true;
    }

    void park(ParkedCommand command) {
        parked.put(command.offset(), command);
        moved = true;
    }

    void unpark(long offset) {
        parked.remove(offset);
        unparked.add(offset);
        moved = true;
    }

    void bury(Settlement.Death death, CommandAnswer answer) {
        dead.add(death);
        answers.add(answer);
        deadAnswers.add(answer);
        moved = true;
    }

    /** Deliver nothing more: the store is slower than the receiver. */
    boolean isFull() {
        return answers.size() + parked.size() >= ANSWER_COUNT_MAX;
    }

    /** While a death is not durable, its key must not go on: a successor would try the dead command again, behind those that followed it. */
    boolean hasDeaths() {
        return !dead.isEmpty() || sent != null && !sent.dead().isEmpty();
    }

    boolean isEmpty() {
        return sent == null && !moved;
    }

    /** What has gathered should not wait for more: somebody waits for it, or it is much. One that is on its way is sent again at once, too. */
    boolean isUrgent() {
        return sent != null
                || !dead.isEmpty()
                || !parked.isEmpty()
                || !unparked.isEmpty()
                || answers.size() >= CommandLimits.BATCH_COUNT_MAX;
    }

    /** Of the last settlement that the store has confirmed. */
    long confirmedNumber() {
        return sent == null ? number : number - 1;
    }

    /** What to send now, the same one again until it is confirmed. Only if there is something. */
    Settlement next() {
        if (sent == null) {
            number++;
            sent = new Settlement(number, cursor, answers, List.copyOf(parked.values()), unparked, dead);
            publishWhenSettled = deadAnswers;
            answers = new ArrayList<>();
            deadAnswers = new ArrayList<>();
            parked = new TreeMap<>();
            unparked = new ArrayList<>();
            dead = new ArrayList<>();
            moved = false;
        }
        return sent;
    }

    /** Returns what may be told only now: who is dead. */
    List<CommandAnswer> confirmed() {
        sent = null;
        return publishWhenSettled;
    }
}
