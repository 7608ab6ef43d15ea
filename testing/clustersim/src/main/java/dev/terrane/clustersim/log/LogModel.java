package dev.terrane.clustersim.log;

import dev.terrane.base.Rng;
import dev.terrane.clustersim.time.Conductor;
import dev.terrane.clustersim.time.Host;
import dev.terrane.coordinator.CoordinatorLog;
import dev.terrane.coordinator.CoordinatorLog.Leadership;
import dev.terrane.coordinator.CoordinatorLog.Proposed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/**
 * One order of entries. A leader is who reaches most; another is elected some time after it does not any more, and it may believe in itself for a while longer. An entry is in the order as soon as most have it;
 * what had been proposed to a leader who falls may be in, later, or not. Copies follow late, each in its own time.
 */
public final class LogModel {
    private static final long MILLI = 1_000_000;
    private static final long LOOK_NANOS = 25 * MILLI;
    private static final int ELECTION_MILLIS = 150;
    /** So long a leader who reaches nobody believes in itself. */
    private static final int BELIEF_MILLIS = 600;

    private static final long ANSWER_NANOS_MAX = 2_000 * MILLI;

    private final Conductor conductor;
    private final Rng rng;
    private final BiPredicate<Integer, Integer> passes;
    private final List<LogCopy> copies = new ArrayList<>();
    final List<Kept> order = new ArrayList<>();
    private long term;
    private int leader = -1;
    private boolean electing;

    /** An entry in the order. */
    record Kept(long term, byte[] entry) {}

    /** @param passes whether anything that one coordinator says reaches another, by their numbers */
    public LogModel(Conductor conductor, Rng rng, int count, BiPredicate<Integer, Integer> passes) {
        this.conductor = conductor;
        this.rng = rng;
        this.passes = passes;
        for (int index = 0; index < count; index++) {
            copies.add(new LogCopy(this, index));
        }
        conductor.in(LOOK_NANOS, null, this::look);
    }

    /** The copy of a coordinator that begins, or begins again with what it had on its disk. */
    public CoordinatorLog open(int index, Host host) {
        LogCopy copy = copies.get(index);
        copy.begin(host);
        if (leader == index) {
            leader = -1; // that was its former life
        }
        follow(copy, host);
        return copy.handle(host);
    }

    /** Who leads in truth, by number; −1: nobody. */
    public int leader() {
        return leader;
    }

    public long term() {
        return term;
    }

    /** Entries in the order. */
    public int size() {
        return order.size();
    }

    private boolean talks(int a, int b) {
        return a == b || copies.get(b).isRunning() && passes.test(a, b) && passes.test(b, a);
    }

    private boolean reachesMost(int index) {
        if (!copies.get(index).isRunning()) {
            return false;
        }
        int reached = 0;
        for (int other = 0; other < copies.size(); other++) {
            reached += talks(index, other) ? 1 : 0;
        }
        return 2 * reached > copies.size();
    }

    /** Whether the way of things gave somebody else the lead, or should. */
    private void look() {
        if ((leader < 0 || !reachesMost(leader)) && !electing) {
            electing = true;
            conductor.in((ELECTION_MILLIS + rng.nextInt(ELECTION_MILLIS)) * MILLI, null, this::elect);
        }
        for (LogCopy copy : copies) {
            if (copy.isRunning() && copy.view().isHere() && copy.index() != leader) {
                conductor.in(rng.nextInt(BELIEF_MILLIS) * MILLI, copy.host(), () -> {
                    if (copy.view().isHere() && copy.index() != leader) {
                        copy.see(new Leadership(copy.view().term(), "", false));
                    }
                });
            }
        }
        conductor.in(LOOK_NANOS, null, this::look);
    }

    private void elect() {
        electing = false;
        if (leader >= 0 && reachesMost(leader)) {
            return;
        }
        List<LogCopy> able =
                copies.stream().filter(copy -> reachesMost(copy.index())).toList();
        if (able.isEmpty()) {
            leader = -1;
            return;
        }
        LogCopy elected = able.get(rng.nextInt(able.size()));
        leader = elected.index();
        term += 1 + rng.nextInt(2);
        Leadership now = new Leadership(term, "c" + leader, false);
        for (LogCopy copy : copies) {
            if (copy.isRunning() && talks(leader, copy.index())) {
                long ofTerm = term;
                conductor.in((1 + rng.nextInt(20)) * MILLI, copy.host(), () -> {
                    if (copy.view().term() < ofTerm) {
                        boolean isHere = copy == elected && leader == copy.index();
                        if (isHere) {
                            copy.applyAll();
                        }
                        copy.see(new Leadership(ofTerm, now.leader(), isHere));
                    }
                });
            }
        }
    }

    /** Applies what is new now and then, in this life. */
    private void follow(LogCopy copy, Host life) {
        conductor.in((1 + rng.nextInt(5)) * MILLI, life, () -> {
            if (leader >= 0 && talks(leader, copy.index())) {
                copy.applyAll();
                if (copy.view().term() < term && copy.index() != leader) {
                    copy.see(new Leadership(term, "c" + leader, false));
                }
            }
            follow(copy, life);
        });
    }

    void propose(LogCopy by, Host life, byte[] entry, Consumer<Proposed> answer) {
        boolean[] answered = new boolean[1];
        Consumer<Proposed> once = what -> {
            if (!answered[0]) {
                answered[0] = true;
                answer.accept(what);
            }
        };
        conductor.in(ANSWER_NANOS_MAX, life, () -> once.accept(new Proposed.Unknown("no answer")));
        int believed = by.believedLeader();
        if (believed < 0 || !talks(by.index(), believed)) {
            return;
        }
        long atTerm = copies.get(believed).view().term();
        conductor.in(
                (1 + rng.nextInt(4)) * MILLI,
                null,
                () -> arrive(believed, atTerm, entry, what -> {
                    if (believed == by.index() || talks(believed, by.index())) {
                        conductor.in(rng.nextInt(4) * MILLI, life, () -> once.accept(what));
                    }
                }));
    }

    private void arrive(int at, long atTerm, byte[] entry, Consumer<Proposed> answer) {
        if (at != leader || term != atTerm || !reachesMost(at)) {
            return; // that one leads no more: what it appends is overwritten
        }
        conductor.in((1 + rng.nextInt(6)) * MILLI, null, () -> {
            boolean leads = at == leader && term == atTerm && reachesMost(at);
            if (!leads && (leader < 0 || rng.chance(0.5f))) {
                return;
            }
            order.add(new Kept(leads ? atTerm : Math.max(atTerm, term), entry));
            int position = order.size();
            LogCopy leading = copies.get(at);
            if (leads) {
                conductor.at(conductor.nowNanos(), leading.host(), () -> {
                    leading.applyAll();
                    answer.accept(new Proposed.Applied(position, atTerm, leading.outcome(position)));
                });
            }
        });
    }
}
