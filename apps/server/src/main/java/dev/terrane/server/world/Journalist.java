package dev.terrane.server.world;

import dev.terrane.base.CellId;
import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import dev.terrane.base.Threads;
import dev.terrane.cell.TickFacts;
import dev.terrane.checkpoint.JournalEntry;
import dev.terrane.checkpoint.JournalStore;
import dev.terrane.checkpoint.JournalStore.Commit;
import dev.terrane.checkpoint.StoreUnavailableException;
import dev.terrane.checkpoint.TickRecord;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandLimits;
import dev.terrane.command.CommandResult;
import dev.terrane.command.EnvelopeCodec;
import dev.terrane.command.EventEnvelope;
import dev.terrane.command.PayloadCodec;
import dev.terrane.plugin.CommandOutcome;
import dev.terrane.protocol.cluster.CellCommand;
import dev.terrane.protocol.cluster.CellPort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the facts of all cells' ticks durable, those of many ticks with one flush of the disk, and then lets their results leave (ADR 30).
 *
 * <pre>
 *   cells ─submit─► queue ─commit─► store ─► FactsStored to the cell, results to whoever delivered the commands, images that waited
 * </pre>
 *
 * <p>One thread of its own. While the store is away it tries again with what it has; cells stop taking commands on when too much waits, so the queue is bounded by
 * them. {@link #submit} and {@link #after} may be called by any thread and never block for longer than a look at the queue.
 */
final class Journalist {
    /** Records of one transaction. */
    private static final int COMMIT_COUNT_MAX = 256;

    private static final long RETELL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long RETRY_MILLIS_MAX = 2_000;
    private static final long STOP_MILLIS_MAX = 3_000;
    private static final Logger LOG = LoggerFactory.getLogger(Journalist.class);

    private final Spread spread;
    private final JournalStore store;
    private final PayloadCodec codec;
    private final WorldSetup.Sent sent;
    private final StoredNews news;
    private final Clock clock;
    private final Threads.Strand thread;
    private final Meters.Distribution commitNanos;
    private final Meters.Distribution recordsPerCommit;
    private final Meters.Count conflicts;
    private final Meters.Count failed;
    private final Object lock = new Object();
    private List<Entry> queue = new ArrayList<>();
    private volatile @Nullable Hearer hearer;
    private volatile boolean running = true;
    /** Nothing that was taken from the queue is left unwritten. */
    private volatile boolean complete = true;
    /** Of each cell the epoch under which nothing of it counts any more. The thread's own. */
    private final Map<CellId, Long> voidEpochs = new HashMap<>();

    /** Who waits for what becomes of commands. Called on the journal's thread; must not block. */
    interface Hearer {
        /** The effect is durable. */
        void settled(CellCommand command, CommandResult result);

        /** What the cell did is void: nothing happened, or it happened elsewhere before. */
        void voided(CellCommand command);

        /** What came of it cannot be made durable, whatever is tried: a bug of whoever handled it. */
        void broken(CellCommand command, String why);

        /** The cell must not go on under this epoch: what it did is void. */
        void fenced(CellId cell, long epoch);
    }

    /** Waits for the facts of all cells. Called on the journal's thread: must not block. */
    interface Waiter {
        /** All that any cell had submitted before is decided, and what the own cell had is durable. */
        void durable();

        /** What the own cell did is void, or a later one waits in this one's place. */
        void dropped();
    }

    private sealed interface Entry {
        /** @param number in the order of submission, see {@link Spread} */
        record Facts(TickFacts facts, long number) implements Entry {}

        record After(CellId cell, long epoch, Waiter waiter) implements Entry {}
    }

    /** @param spread knows who took something over from whom */
    Journalist(WorldSetup.Journal journal, CellPort cells, Spread spread, WorldSetup.Runtime runtime) {
        this.spread = spread;
        this.store = journal.store();
        this.codec = journal.payloads();
        this.sent = journal.sent();
        this.news = new StoredNews(cells);
        this.clock = runtime.clock();
        Meters meters = runtime.meters();
        this.commitNanos = meters.distribution("journal_commit_nanos");
        this.recordsPerCommit = meters.distribution("journal_commit_records");
        this.conflicts = meters.count("cell_journal_conflicts");
        this.failed = meters.count("journal_commits_failed");
        meters.gauge("journal_waiting_records", this::waitingCount);
        this.thread = clock.threads().strand("journal", this::run);
    }

    /** @param hearer told of everything from now on */
    void start(Hearer hearer) {
        this.hearer = hearer;
        thread.start();
    }

    void submit(TickFacts facts) {
        add(new Entry.Facts(facts, spread.facts(facts.cell(), facts.epoch())));
    }

    /**
     * Tells the waiter when all that any cell has submitted so far is decided: see {@link JournalBarrier}. Of one cell the latest waits: while the store is away, they do
     * not pile up.
     */
    void after(CellId cell, long epoch, Waiter waiter) {
        Waiter outdone = null;
        synchronized (lock) {
            for (int i = 0; i < queue.size() && outdone == null; i++) {
                if (queue.get(i) instanceof Entry.After earlier
                        && earlier.cell().equals(cell)) {
                    outdone = earlier.waiter();
                    queue.remove(i);
                }
            }
            queue.add(new Entry.After(cell, epoch, waiter));
        }
        thread.wake();
        if (outdone != null) {
            outdone.dropped();
        }
    }

    private void add(Entry entry) {
        synchronized (lock) {
            queue.add(entry);
        }
        thread.wake();
    }

    private int waitingCount() {
        synchronized (lock) {
            return queue.size();
        }
    }

    private void run() {
        while (true) {
            List<Entry> batch = take(news.retry());
            if (batch == null) {
                return;
            }
            int from = 0;
            while (from < batch.size()) {
                int end = endOfGroup(batch, from);
                if (!write(batch.subList(from, end))) {
                    complete = false;
                    return;
                }
                from = end;
            }
        }
    }

    /** What may hold effects of another cell's facts is committed only when those are: if they turn out to be void, so is this. */
    private int endOfGroup(List<Entry> batch, int from) {
        Map<CellId, Long> numbers = new HashMap<>();
        int limit = Math.min(batch.size(), from + COMMIT_COUNT_MAX);
        for (int i = from; i < limit; i++) {
            if (batch.get(i) instanceof Entry.Facts(TickFacts told, long number)) {
                if (spread.holds(told.cell(), numbers)) {
                    return i;
                }
                numbers.putIfAbsent(told.cell(), number);
            }
        }
        return limit;
    }

    /** Null at the end. @param soon there is something else to do: comes back soon, perhaps with nothing */
    private @Nullable List<Entry> take(boolean soon) {
        boolean waited = false;
        while (true) {
            synchronized (lock) {
                if (queue.isEmpty() && !running) {
                    return null;
                }
                if (!queue.isEmpty() || (soon && waited)) {
                    List<Entry> taken = queue;
                    queue = new ArrayList<>();
                    return taken;
                }
            }
            clock.threads().park(soon ? RETELL_NANOS : Long.MAX_VALUE);
            waited = true;
        }
    }

    /** False when it was stopped before the store came back. */
    private boolean write(List<Entry> entries) {
        List<Entry.Facts> facts = new ArrayList<>();
        List<TickRecord> records = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry instanceof Entry.Facts each) {
                TickFacts told = each.facts();
                TickRecord record = isVoid(told.cell(), told.epoch()) ? null : recordOf(each);
                if (record == null) {
                    voided(told);
                } else {
                    facts.add(each);
                    records.add(record);
                }
            }
        }
        List<Commit> commits = records.isEmpty() ? List.of() : commit(facts, records);
        if (commits == null) {
            return false;
        }
        List<CommandEnvelope> commands =
                records.stream().flatMap(record -> record.sent().stream()).toList();
        boolean events = records.stream().anyMatch(record -> !record.events().isEmpty());
        if (events || !commands.isEmpty()) {
            sent.durable(commands, events);
        }
        for (int i = 0; i < facts.size(); i++) {
            judge(facts.get(i), records.get(i), commits.get(i));
        }
        for (Entry entry : entries) {
            if (entry instanceof Entry.After(CellId cell, long epoch, Waiter waiter)) {
                if (isVoid(cell, epoch)) {
                    waiter.dropped();
                } else {
                    waiter.durable();
                }
            }
        }
        return true;
    }

    private boolean isVoid(CellId cell, long epoch) {
        return voidEpochs.getOrDefault(cell, -1L) >= epoch;
    }

    /** Null: it cannot be written, and its cell is stopped. */
    private @Nullable TickRecord recordOf(Entry.Facts facts) {
        try {
            return record(facts.facts());
        } catch (RuntimeException bug) {
            broken(facts, bug);
            return null;
        }
    }

    /** What the store refuses, for no fault of its own, must not hold up others: then each record is tried alone. */
    private @Nullable List<Commit> commit(List<Entry.Facts> facts, List<TickRecord> records) {
        try {
            return commit(records);
        } catch (RuntimeException refused) {
            List<Commit> commits = new ArrayList<>();
            for (int i = 0; i < records.size(); i++) {
                List<Commit> one = commitAlone(facts.get(i), records.get(i));
                if (one == null) {
                    return null;
                }
                commits.addAll(one);
            }
            return commits;
        }
    }

    private @Nullable List<Commit> commitAlone(Entry.Facts facts, TickRecord record) {
        if (isVoid(facts.facts().cell(), facts.facts().epoch())) {
            return List.of(Commit.CONFLICT); // judged as void, because its cell is
        }
        try {
            return commit(List.of(record));
        } catch (RuntimeException refused) {
            broken(facts, refused);
            return List.of(Commit.CONFLICT);
        }
    }

    private void broken(Entry.Facts entry, RuntimeException why) {
        TickFacts facts = entry.facts();
        LOG.atError()
                .setCause(why)
                .addKeyValue("cell", facts.cell())
                .addKeyValue("epoch", facts.epoch())
                .addKeyValue("tick", facts.tick())
                .log("what this tick wants to be durable cannot be written; the cell starts again from what is");
        Hearer told = hearer;
        if (told != null) {
            facts.carriedOut().forEach(each -> told.broken(each.command(), why.toString()));
            fence(entry, told);
        }
    }

    private @Nullable List<Commit> commit(List<TickRecord> records) {
        for (long wait = 50; ; wait = Math.min(RETRY_MILLIS_MAX, wait * 2)) {
            long began = clock.nanos();
            try {
                List<Commit> commits = store.commit(records);
                commitNanos.record(clock.nanos() - began);
                recordsPerCommit.record(records.size());
                return commits;
            } catch (StoreUnavailableException away) {
                failed.one();
                LOG.atWarn()
                        .addKeyValue("records", records.size())
                        .log("the journal waits, commands get no answer meanwhile: {}", away.getMessage());
            }
            if (!pause(wait)) {
                return null;
            }
        }
    }

    private boolean pause(long millis) {
        long until = clock.nanos() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (running) {
            long left = until - clock.nanos();
            if (left <= 0) {
                return true;
            }
            clock.threads().park(left);
        }
        return false;
    }

    private void judge(Entry.Facts entry, TickRecord record, Commit commit) {
        TickFacts facts = entry.facts();
        Hearer told = hearer;
        if (isVoid(facts.cell(), facts.epoch()) || told == null) {
            voided(facts); // a record before it, of the same call, was refused
            return;
        }
        if (commit == Commit.COMMITTED) {
            news.tell(facts.cell(), facts.epoch(), facts.tick());
            for (int i = 0; i < facts.carriedOut().size(); i++) {
                told.settled(
                        facts.carriedOut().get(i).command(),
                        record.outcomes().get(i).result());
            }
            return;
        }
        if (commit == Commit.CONFLICT) {
            conflicts.one();
        }
        LOG.atError()
                .addKeyValue("cell", facts.cell())
                .addKeyValue("epoch", facts.epoch())
                .addKeyValue("tick", facts.tick())
                .log(
                        commit == Commit.CONFLICT
                                ? "a command of this tick was carried out elsewhere before; the cell starts again from"
                                        + " what is durable"
                                : "the cell has been granted to another owner; what this one did since is void");
        voided(facts);
        fence(entry, told);
    }

    /** Stops the cell whose facts are void, and everybody who took something over from it since: they would keep what has not happened. */
    private void fence(Entry.Facts entry, Hearer told) {
        TickFacts facts = entry.facts();
        fence(new Spread.Holder(facts.cell(), facts.epoch()), told);
        for (Spread.Holder holder : spread.holders(facts.cell(), entry.number())) {
            LOG.atWarn()
                    .addKeyValue("cell", holder.cell())
                    .addKeyValue("epoch", holder.epoch())
                    .log("it starts again, too: it took something over from {}", facts.cell());
            fence(holder, told);
        }
    }

    private void fence(Spread.Holder holder, Hearer told) {
        voidEpochs.merge(holder.cell(), holder.epoch(), Math::max);
        told.fenced(holder.cell(), holder.epoch());
    }

    private void voided(TickFacts facts) {
        Hearer told = hearer;
        if (told != null) {
            facts.carriedOut().forEach(each -> told.voided(each.command()));
        }
    }

    private TickRecord record(TickFacts facts) {
        long now = clock.epochMillis();
        String tick = facts.cell() + "/" + facts.epoch() + "/" + facts.tick();
        List<TickRecord.Outcome> outcomes = new ArrayList<>();
        for (TickFacts.CarriedOut each : facts.carriedOut()) {
            CommandEnvelope command = each.command().envelope();
            outcomes.add(
                    new TickRecord.Outcome(command.idempotencyKey(), command.payloadHash(), result(each.outcome())));
        }
        List<CommandEnvelope> sent = new ArrayList<>();
        for (TickFacts.Sent each : facts.sent()) {
            CommandEnvelope command =
                    WorldCommands.envelope(facts.cell(), each, tick + "/sent/" + sent.size(), now, codec);
            String fault = EnvelopeCodec.faultOf(command);
            if (!fault.isEmpty()) {
                throw new IllegalArgumentException(command.type() + " cannot be sent: " + fault);
            }
            sent.add(command);
        }
        List<EventEnvelope> events = new ArrayList<>();
        for (TickFacts.Published each : facts.published()) {
            events.add(new EventEnvelope(
                    each.topic(), each.key(), tick + "/" + each.number(), "", now, codec.encode(each.payload())));
        }
        return new TickRecord(
                new JournalEntry(facts.cell(), facts.epoch(), facts.tick(), facts.schemaFingerprint(), facts.facts()),
                outcomes,
                sent,
                events);
    }

    private CommandResult result(CommandOutcome outcome) {
        return switch (outcome) {
            case CommandOutcome.Done done ->
                new CommandResult.Done(done.answer() == null ? new byte[0] : answer(done.answer()));
            case CommandOutcome.Refused(String code, String reason, int retryAfterMillis) ->
                new CommandResult.Refused(code, reason, retryAfterMillis);
        };
    }

    private byte[] answer(Record told) {
        byte[] payload = codec.encode(told);
        if (payload.length > CommandLimits.RESULT_BYTES_MAX) {
            throw new IllegalArgumentException("an answer of " + payload.length + " bytes is longer than "
                    + CommandLimits.RESULT_BYTES_MAX + ": " + told.getClass().getName());
        }
        return payload;
    }

    /** Writes what waits, then ends the thread; false when the store did not take all of it in time. Call it when no cell ticks any more. */
    boolean stop() {
        synchronized (lock) {
            running = false;
        }
        thread.wake();
        try {
            thread.join(STOP_MILLIS_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return complete();
    }

    /** Whether it has ended and all that was ever submitted is decided. */
    boolean complete() {
        return !thread.isAlive() && waitingCount() == 0 && complete;
    }
}
