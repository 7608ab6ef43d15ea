package dev.terrane.postgres;

import dev.terrane.base.CellId;
import dev.terrane.checkpoint.JournalEntry;
import dev.terrane.checkpoint.JournalStore.Commit;
import dev.terrane.checkpoint.TickRecord;
import dev.terrane.checkpoint.TickRecord.Outcome;
import dev.terrane.command.IdempotencyKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** One attempt to commit a group of records, within its transaction. */
final class JournalGroup {
    // The share lock is what fences: a grant under way makes this wait and then see the new epoch, and this makes a
    // grant wait. In order of cells, as all do.
    private static final String FENCE = """
            SELECT held.* FROM terrane.cell_grant held
            WHERE (world, region_a, region_b, layer) IN (SELECT * FROM unnest(:worlds, :as, :bs, :layers))
            ORDER BY world, region_a, region_b, layer FOR SHARE
            """;
    private static final String KNOWN_ENTRIES = """
            SELECT wanted.number FROM unnest(:worlds, :as, :bs, :layers, :epochs, :ticks)
                WITH ORDINALITY AS wanted (world, region_a, region_b, layer, epoch, tick, number)
            JOIN terrane.journal USING (world, region_a, region_b, layer, epoch, tick)
            """;
    private static final String KNOWN_KEYS = "SELECT key FROM terrane.cell_outcome WHERE key = ANY(:keys)";
    /** In order of keys: two groups with the same commands must not wait for each other. */
    private static final String ADD_OUTCOMES = """
            INSERT INTO terrane.cell_outcome (key, payload_hash, payload, error_code, reason, retry_after_millis)
            SELECT * FROM unnest(:keys, :hashes, :payloads, :codes, :reasons, :retries)
            ON CONFLICT (key) DO NOTHING
            """;

    private static final String ADD_ENTRIES = """
            INSERT INTO terrane.journal (world, region_a, region_b, layer, epoch, tick, schema_fingerprint, facts)
            SELECT * FROM unnest(:worlds, :as, :bs, :layers, :epochs, :ticks, :fingerprints, :facts)
            ON CONFLICT DO NOTHING
            """;

    private final Handle handle;
    private final List<TickRecord> records;
    private final Commit[] answers;
    private final List<TickRecord> fresh = new ArrayList<>();

    /**
     * Somebody else committed one of the commands or records between the look and the write: an earlier call with the same records, too, whose commit
     * was still under way when its caller gave up on it.
     */
    static final class OvertakenException extends RuntimeException {
        OvertakenException() {
            super("overtaken", null, false, false);
        }
    }

    JournalGroup(Handle handle, List<TickRecord> records) {
        this.handle = handle;
        this.records = records;
        this.answers = new Commit[records.size()];
    }

    /** Says of each record what is to become of it; those that are to be written are {@link #fresh}. */
    void decide() {
        Map<CellId, Long> granted = fence();
        Set<Integer> committed = committed();
        Set<IdempotencyKey> known = knownKeys();
        // What a cell does after a tick that was refused is void, too.
        Map<Owner, Commit> stopped = new HashMap<>();
        Set<Tick> ticks = new HashSet<>();
        for (int i = 0; i < records.size(); i++) {
            TickRecord record = records.get(i);
            Owner owner = new Owner(record.entry().cell(), record.entry().epoch());
            if (!ticks.add(new Tick(owner, record.entry().tick()))) {
                throw new IllegalArgumentException("tick " + record.entry().tick() + " of cell " + owner.cell
                        + " twice in one call; a tick has one record");
            }
            if (committed.contains(i)) {
                answers[i] = Commit.COMMITTED;
                continue;
            }
            Commit answer = stopped.getOrDefault(owner, judge(record, granted, known));
            answers[i] = answer;
            if (answer == Commit.COMMITTED) {
                record.outcomes().forEach(outcome -> known.add(outcome.key()));
                fresh.add(record);
            } else {
                stopped.put(owner, answer);
            }
        }
    }

    private record Owner(CellId cell, long epoch) {}

    private record Tick(Owner owner, long tick) {}

    private static Commit judge(TickRecord record, Map<CellId, Long> granted, Set<IdempotencyKey> known) {
        JournalEntry entry = record.entry();
        Long epoch = granted.get(entry.cell());
        if (epoch == null) {
            throw new IllegalArgumentException(
                    "cell " + entry.cell() + " was never granted; ask the GrantStore before it ticks");
        }
        if (epoch > entry.epoch()) {
            return Commit.STALE_EPOCH;
        }
        Set<IdempotencyKey> own = new HashSet<>();
        for (Outcome outcome : record.outcomes()) {
            if (known.contains(outcome.key()) || !own.add(outcome.key())) {
                return Commit.CONFLICT;
            }
        }
        return Commit.COMMITTED;
    }

    private Map<CellId, Long> fence() {
        Map<CellId, Long> granted = new HashMap<>();
        List<CellId> cells =
                records.stream().map(record -> record.entry().cell()).distinct().toList();
        bindCells(handle.createQuery(FENCE), cells)
                .map((row, context) -> granted.put(CellColumns.read(row), row.getLong("epoch")))
                .list();
        return granted;
    }

    /** Numbers of the records that an earlier call has committed. */
    private Set<Integer> committed() {
        return new HashSet<>(bindTicks(handle.createQuery(KNOWN_ENTRIES), entries(records))
                .map((row, context) -> row.getInt("number") - 1)
                .list());
    }

    private Set<IdempotencyKey> knownKeys() {
        List<Outcome> outcomes = outcomes(records);
        if (outcomes.isEmpty()) {
            return new HashSet<>();
        }
        return new HashSet<>(handle.createQuery(KNOWN_KEYS)
                .bind(
                        "keys",
                        SqlColumns.bytes(outcomes, outcome -> outcome.key().bytes()))
                .map((row, context) -> IdempotencyKey.of(row.getBytes("key")))
                .list());
    }

    List<TickRecord> fresh() {
        return fresh;
    }

    List<Commit> answers() {
        return List.of(answers);
    }

    /** @throws OvertakenException if the group has to be decided anew; the transaction must be rolled back */
    void write(List<TickRecord> written) {
        List<Outcome> outcomes = outcomes(written);
        if (!outcomes.isEmpty()) {
            outcomes.sort(Comparator.comparing(Outcome::key));
            if (addOutcomes(handle, outcomes) != outcomes.size()) {
                throw new OvertakenException();
            }
        }
        List<JournalEntry> entries = entries(written);
        int added = bindTicks(handle.createUpdate(ADD_ENTRIES), entries)
                .bind("fingerprints", SqlColumns.longs(entries, JournalEntry::schemaFingerprint))
                .bind("facts", SqlColumns.bytes(entries, JournalEntry::facts))
                .execute();
        if (added != entries.size()) {
            throw new OvertakenException();
        }
    }

    /** Returns how many of them were not known. @param outcomes sorted by key */
    static int addOutcomes(Handle handle, List<Outcome> outcomes) {
        return handle.createUpdate(ADD_OUTCOMES)
                .bind(
                        "keys",
                        SqlColumns.bytes(outcomes, outcome -> outcome.key().bytes()))
                .bind("hashes", SqlColumns.longs(outcomes, Outcome::payloadHash))
                .bind("payloads", SqlColumns.bytes(outcomes, OutcomeColumns::payload))
                .bind("codes", SqlColumns.texts(outcomes, OutcomeColumns::errorCode))
                .bind("reasons", SqlColumns.texts(outcomes, OutcomeColumns::reason))
                .bind("retries", SqlColumns.ints(outcomes, OutcomeColumns::retryAfterMillis))
                .execute();
    }

    private <S extends SqlStatement<S>> S bindTicks(S statement, List<JournalEntry> entries) {
        return bindCells(statement, entries.stream().map(JournalEntry::cell).toList())
                .bind("epochs", SqlColumns.longs(entries, JournalEntry::epoch))
                .bind("ticks", SqlColumns.longs(entries, JournalEntry::tick));
    }

    private <S extends SqlStatement<S>> S bindCells(S statement, List<CellId> cells) {
        return statement
                .bind("worlds", SqlColumns.texts(cells, each -> each.world().name()))
                .bind("as", SqlColumns.ints(cells, each -> each.region().a()))
                .bind("bs", SqlColumns.ints(cells, each -> each.region().b()))
                .bind("layers", SqlColumns.ints(cells, CellId::layer));
    }

    private static List<JournalEntry> entries(List<TickRecord> records) {
        return records.stream().map(TickRecord::entry).toList();
    }

    private static List<Outcome> outcomes(List<TickRecord> records) {
        List<Outcome> outcomes = new ArrayList<>();
        records.forEach(record -> outcomes.addAll(record.outcomes()));
        return outcomes;
    }
}
