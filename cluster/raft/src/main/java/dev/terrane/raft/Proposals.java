package dev.terrane.raft;

import dev.terrane.coordinator.CoordinatorLog.Proposed;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proposals that are underway. Each is answered once, by whatever comes first: the leader, this peer's own copy when it applies the entry, or the deadline. The copy is what answers when
 * the leader has died after most had the entry.
 */
final class Proposals {
    static final int UNDERWAY_COUNT_MAX = 1_024;

    private static final Logger LOG = LoggerFactory.getLogger(Proposals.class);
    private static final long PAUSE_MILLIS = 20;

    private final Map<Long, Underway> underway = new ConcurrentHashMap<>();
    private final AtomicLong lastNumber = new AtomicLong();
    private final LeaderPath path;
    private final Duration answerWithin;
    private final ScheduledExecutorService clock;
    private final Executor sender;
    private final Executor teller;
    private volatile boolean closed;

    private static final class Underway {
        private final long number;
        private final byte[] entry;
        private final Consumer<Proposed> answer;
        private volatile String why = "it was not sent yet";
        private volatile @Nullable Future<?> deadline;

        private Underway(long number, byte[] entry, Consumer<Proposed> answer) {
            this.number = number;
            this.entry = entry;
            this.answer = answer;
        }
    }

    /**
     * @param clock for deadlines; must not be kept busy
     * @param sender may wait for Ratis' locks
     * @param teller calls those who proposed
     */
    Proposals(
            LeaderPath path, Duration answerWithin, ScheduledExecutorService clock, Executor sender, Executor teller) {
        this.path = path;
        this.answerWithin = answerWithin;
        this.clock = clock;
        this.sender = sender;
        this.teller = teller;
    }

    void propose(byte[] entry, Consumer<Proposed> answer) {
        Underway proposal = new Underway(lastNumber.incrementAndGet(), entry, answer);
        if (underway.size() >= UNDERWAY_COUNT_MAX) {
            tell(proposal, new Proposed.Unknown(UNDERWAY_COUNT_MAX + " proposals are underway"));
            return;
        }
        underway.put(proposal.number, proposal);
        if (closed) {
            finish(proposal.number, new Proposed.Unknown("this coordinator is stopping"));
            return;
        }
        proposal.deadline = clock.schedule(
                () -> finish(
                        proposal.number,
                        new Proposed.Unknown(
                                "no answer within %d ms: %s".formatted(answerWithin.toMillis(), proposal.why))),
                answerWithin.toMillis(),
                TimeUnit.MILLISECONDS);
        sender.execute(() -> send(proposal));
    }

    private void send(Underway proposal) {
        if (underway.containsKey(proposal.number)) {
            path.send(proposal.number, proposal.entry).thenAccept(sent -> take(proposal, sent));
        }
    }

    private void take(Underway proposal, LeaderPath.Sent sent) {
        switch (sent) {
            case LeaderPath.Sent.Answered(Proposed.Applied applied) -> finish(proposal.number, applied);
            case LeaderPath.Sent.NotTaken(String why) -> {
                proposal.why = why;
                if (!closed) {
                    clock.schedule(() -> sender.execute(() -> send(proposal)), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                }
            }
            case LeaderPath.Sent.Unclear(String why) -> proposal.why = why;
        }
    }

    /** What became of a proposal of this peer's; told again it is not heard. */
    void finish(long number, Proposed what) {
        Underway proposal = underway.remove(number);
        if (proposal != null) {
            Future<?> deadline = proposal.deadline;
            if (deadline != null) {
                deadline.cancel(false);
            }
            tell(proposal, what);
        }
    }

    private void tell(Underway proposal, Proposed what) {
        teller.execute(() -> {
            try {
                proposal.answer.accept(what);
            } catch (RuntimeException e) {
                LOG.error("whoever proposed an entry cannot take the answer", e);
            }
        });
    }

    /** All that are underway are answered. */
    void close() {
        closed = true;
        underway.keySet().forEach(number -> finish(number, new Proposed.Unknown("this coordinator is stopping")));
    }
}
