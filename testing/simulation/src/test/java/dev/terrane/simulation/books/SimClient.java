package dev.terrane.simulation.books;

import dev.terrane.command.CommandAnswer;
import dev.terrane.command.CommandErrors;
import dev.terrane.command.CommandResult;
import dev.terrane.command.CommandType;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A player who plans one wish after the other, sends each until it has a result, some more often than needed, some with another payload under the same number; and who loses its connection now and then.
 */
final class SimClient {
    private static final long RETRY_NANOS = 900 * SimTime.MILLI;

    private final BooksRun run;
    final int index;
    final String id;
    private final Wishes wishes;
    private final Map<String, String> results = new HashMap<>();
    private @Nullable SimNode node;
    private int nodeLife;
    private long connection;
    private int wishCount;
    private int left;
    private int unanswered;

    /** What is asked for, as it goes over the wire. */
    record Wish(String requestId, String type, int version, byte[] payload) {
        static <P extends Record> Wish of(String requestId, CommandType<P> type, P payload) {
            return new Wish(requestId, type.name(), type.version(), Store.CODEC.encode(payload));
        }
    }

    SimClient(BooksRun run, int index, int requestCount) {
        this.run = run;
        this.index = index;
        this.id = idOf(index);
        this.wishes = new Wishes(run, this);
        this.left = requestCount;
    }

    static String idOf(int index) {
        return "character:" + new UUID(0x1000, index);
    }

    void start() {
        run.time.in(run.time.someMillis(300), this::next);
    }

    /** Everything that it wanted has a result. */
    boolean isDone() {
        return left == 0 && unanswered == 0;
    }

    private void next() {
        if (left == 0) {
            return;
        }
        left--;
        unanswered++;
        Pending pending = new Pending(wishes.next("r" + wishCount++));
        if (run.time.rng.chance(0.04f)) {
            Wish other = wishes.contradicting(pending.wish);
            if (other != null) {
                pending.contradicted = true;
                run.time.in(run.time.someMillis(60), () -> send(other));
            }
        }
        all.put(pending.wish.requestId(), pending);
        ask(pending);
    }

    private final Map<String, Pending> all = new HashMap<>();

    private static final class Pending {
        private final Wish wish;
        private boolean contradicted;
        private boolean answered;
        private boolean goneOn;

        private Pending(Wish wish) {
            this.wish = wish;
        }
    }

    private void ask(Pending pending) {
        send(pending.wish);
        boolean impatient = run.time.rng.chance(0.1f);
        run.time.in(impatient ? run.time.someMillis(150) : RETRY_NANOS, () -> {
            if (!pending.answered || impatient && run.isTrouble()) {
                ask(pending);
            }
        });
    }

    private void send(Wish wish) {
        SimNode to = connected();
        int copies = run.time.rng.chance(run.faults.messages()) ? run.time.rng.nextInt(3) : 1;
        for (int i = 0; i < copies; i++) {
            run.time.in(run.time.someMillis(12), () -> to.soon(() -> to.desk.submit(this, wish)));
        }
    }

    /** Its node; another one if that is dead, or the connection is lost. */
    private SimNode connected() {
        SimNode now = node;
        if (now != null && now.isAlive() && now.life() == nodeLife && !run.time.rng.chance(run.faults.messages() / 4)) {
            return now;
        }
        if (now != null) {
            SimNode old = now;
            long over = connection;
            old.soon(() -> old.desk.detach(this, over));
        }
        SimNode next = run.nodes.get(run.time.rng.nextInt(run.nodes.size()));
        node = next;
        nodeLife = next.life();
        long begun = ++connection;
        next.soon(() -> next.desk.attach(this, begun));
        return next;
    }

    void accepted(Wish wish) {
        goOn(wish.requestId());
    }

    /** The gate did not let it in. */
    void refused(Wish wish, CommandResult.Refused why) {
        throw new BooksViolation(Rule.RESULT, id + " " + wish.requestId() + " did not even come in: " + why);
    }

    void heard(CommandAnswer answer) {
        String requestId = answer.origin().requestId();
        Pending pending = all.get(requestId);
        if (pending == null) {
            throw new BooksViolation(Rule.RESULT, id + " hears of " + requestId + ", which it never asked for");
        }
        SimNode at = node;
        if (at != null) {
            run.time.in(run.time.someMillis(10), () -> at.soon(() -> at.desk.acked(this, requestId)));
        }
        String result = Witness.text(answer.result());
        if (!result.equals(CommandErrors.DEAD) && !(pending.contradicted && result.equals(CommandErrors.CONFLICT))) {
            String before = results.putIfAbsent(requestId, result);
            if (before != null && !before.equals(result)) {
                throw new BooksViolation(
                        Rule.SAME_RESULT, id + " " + requestId + " was " + before + ", now is " + result);
            }
        }
        if (!pending.answered) {
            pending.answered = true;
            unanswered--;
        }
        goOn(requestId);
    }

    private void goOn(String requestId) {
        Pending pending = all.get(requestId);
        if (pending != null && !pending.goneOn) {
            pending.goneOn = true;
            run.time.in(run.time.someMillis(200), this::next);
        }
    }
}
