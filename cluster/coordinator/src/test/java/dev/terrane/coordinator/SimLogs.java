package dev.terrane.coordinator;

import dev.terrane.base.Rng;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A replicated log in one thread, under a clock of its own: what a Raft cluster shows to the outside, modelled. A leader is elected some time after the last one has died; an entry is in
 * the order as soon as most have it; what had been proposed to a leader who dies may be in or not. Copies follow late, each in its own time.
 */
public final class SimLogs {
    private static final int ELECTION_MILLIS = 150;
    private static final int ANSWER_MILLIS_MAX = 2_000;

    private final Rng rng;
    private final int snapshotEvery;
    private final List<Copy> copies = new ArrayList<>();
    private final List<Kept> order = new ArrayList<>();
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long nowMillis;
    private long eventCount;
    private long term;
    private int leader = -1;

    /** An entry in the order. */
    private record Kept(long term, byte[] entry) {}

    private record Event(long atMillis, long number, Runnable what) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atMillis, other.atMillis);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    public SimLogs(long seed, int count, int snapshotEvery) {
        this.rng = new Rng(seed);
        this.snapshotEvery = snapshotEvery;
        for (int index = 0; index < count; index++) {
            copies.add(new Copy(index));
        }
        later(ELECTION_MILLIS, this::elect);
    }

    public CoordinatorLog log(int index) {
        return copies.get(index);
    }

    public long nowMillis() {
        return nowMillis;
    }

    /** Lets the next thing happen. */
    public void step() {
        Event next = events.poll();
        if (next != null) {
            nowMillis = next.atMillis;
            next.what.run();
        } else {
            nowMillis++;
        }
    }

    public void kill(int index) {
        Copy copy = copies.get(index);
        copy.life++;
        copy.alive = false;
        if (leader == index) {
            leader = -1;
            later(ELECTION_MILLIS + rng.nextInt(ELECTION_MILLIS), this::elect);
        }
    }

    public void restart(int index) {
        Copy copy = copies.get(index);
        copy.alive = true;
        copy.startAgain();
        later(1, () -> follow(copy, copy.life));
        later(ELECTION_MILLIS + rng.nextInt(ELECTION_MILLIS), this::elect);
    }

    private void elect() {
        if (leader >= 0 || !most()) {
            return;
        }
        List<Copy> alive = copies.stream().filter(copy -> copy.alive).toList();
        leader = alive.get(rng.nextInt(alive.size())).index;
        term += 1 + rng.nextInt(2);
        Copy elected = copies.get(leader);
        while (elected.applied < order.size()) {
            elected.applyNext();
        }
        alive.forEach(copy -> later(rng.nextInt(20), copy::changed));
    }

    private boolean most() {
        return 2 * copies.stream().filter(copy -> copy.alive).count() > copies.size();
    }

    /** Applies one more now and then, for ever, in this life. */
    private void follow(Copy copy, int life) {
        if (copy.life != life || !copy.alive) {
            return;
        }
        if (copy.applied < order.size()) {
            copy.applyNext();
            copy.changed();
        }
        later(1 + rng.nextInt(5), () -> follow(copy, life));
    }

    private void later(long millis, Runnable what) {
        events.add(new Event(nowMillis + millis, ++eventCount, what));
    }

    /** One coordinator. */
    private final class Copy implements CoordinatorLog {
        private final int index;
        private boolean alive = true;
        private int life;
        private CoordinatorState state = new CoordinatorState();
        private int applied;
        private byte[] snapshot = new byte[0];
        private int snapshotApplied;
        private Runnable listener = () -> {};

        private Copy(int index) {
            this.index = index;
            later(1, () -> follow(this, 0));
        }

        private Outcome applyNext() {
            Kept next = order.get(applied++);
            Outcome outcome = state.apply(next.term, EntryCodec.decode(next.entry));
            if (applied - snapshotApplied >= snapshotEvery) {
                ByteWriter writer = new ByteWriter(1_024);
                state.snapshot(writer);
                snapshot = writer.toBytes();
                snapshotApplied = applied;
            }
            return outcome;
        }

        private void startAgain() {
            state = snapshot.length == 0 ? new CoordinatorState() : CoordinatorState.restore(new ByteReader(snapshot));
            applied = snapshotApplied;
        }

        private void changed() {
            if (alive) {
                listener.run();
            }
        }

        @Override
        public void propose(Entry entry, Consumer<Proposed> answer) {
            byte[] bytes = EntryCodec.encode(entry);
            boolean[] answered = new boolean[1];
            Consumer<Proposed> once = what -> {
                if (!answered[0]) {
                    answered[0] = true;
                    answer.accept(what);
                }
            };
            later(ANSWER_MILLIS_MAX, () -> once.accept(new Proposed.Unknown("no answer")));
            int lifeThen = life;
            later(
                    rng.nextInt(10),
                    () -> arrive(bytes, what -> {
                        if (alive && life == lifeThen) {
                            once.accept(what);
                        }
                    }));
        }

        /** At whoever leads then. */
        private void arrive(byte[] entry, Consumer<Proposed> answer) {
            if (leader < 0 || !most()) {
                return;
            }
            Copy leading = copies.get(leader);
            long leadingTerm = term;
            int lifeThen = leading.life;
            later(1 + rng.nextInt(6), () -> {
                boolean survives = leading.alive && leading.life == lifeThen || rng.chance(0.5f);
                if (!survives || !most()) {
                    return;
                }
                order.add(new Kept(leader == leading.index ? leadingTerm : Math.max(leadingTerm, term), entry));
                int position = order.size();
                Outcome outcome = new Outcome.Done();
                if (leading.alive && leading.life == lifeThen) {
                    while (leading.applied < position) {
                        outcome = leading.applyNext();
                    }
                    leading.changed();
                    Outcome last = outcome;
                    later(rng.nextInt(5), () -> answer.accept(new Proposed.Applied(position, leadingTerm, last)));
                }
            });
        }

        @Override
        public <T> T read(Function<CoordinatorState, T> look) {
            return look.apply(state);
        }

        @Override
        public Leadership leadership() {
            return new Leadership(leader < 0 ? 0 : term, leader < 0 ? "" : "c" + leader, alive && leader == index);
        }

        @Override
        public void onChange(Runnable newListener) {
            listener = newListener;
        }
    }
}
