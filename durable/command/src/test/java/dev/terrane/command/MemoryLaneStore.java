package dev.terrane.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Lanes in memory, under a clock that tests turn. Packs and unpacks what it keeps, as a real store does. Not thread-safe. */
public class MemoryLaneStore implements LaneStore, DeadLetters {
    private static final int UNFLUSHED_COUNT_MAX = 32;

    private final int partitionCount;
    private final long laneCountMax;
    private final SortedMap<LanePartition, Row> rows = new TreeMap<>();
    private final SortedMap<Long, DeadLetter> letters = new TreeMap<>();
    private long nowMillis = 1_000_000;
    /** What a crash would take back, the newest last. */
    private final List<Runnable> unflushed = new ArrayList<>();

    private static final class Row {
        private final SortedMap<Long, byte[]> commands = new TreeMap<>();
        private final SortedMap<Long, Long> appendedAt = new TreeMap<>();
        private final SortedMap<Long, ParkedCommand> parked = new TreeMap<>();
        private final List<Kept> answers = new ArrayList<>();
        private long head;
        private long cursor;
        private long settledNumber;
        private String holder = "";
        private long epoch;
        private long leaseUntilMillis;

        /** Puts everything back that a settlement or renewal changes. */
        private Runnable undo() {
            SortedMap<Long, byte[]> commandsBefore = new TreeMap<>(commands);
            SortedMap<Long, Long> appendedAtBefore = new TreeMap<>(appendedAt);
            SortedMap<Long, ParkedCommand> parkedBefore = new TreeMap<>(parked);
            List<Kept> answersBefore = List.copyOf(answers);
            long cursorBefore = cursor;
            long settledNumberBefore = settledNumber;
            long leaseUntilBefore = leaseUntilMillis;
            return () -> {
                commands.putAll(commandsBefore);
                appendedAt.putAll(appendedAtBefore);
                parked.clear();
                parked.putAll(parkedBefore);
                answers.clear();
                answers.addAll(answersBefore);
                cursor = cursorBefore;
                settledNumber = settledNumberBefore;
                leaseUntilMillis = leaseUntilBefore;
            };
        }
    }

    private record Kept(long number, long atMillis, byte[] packed) {}

    public MemoryLaneStore(int partitionCount, long laneCountMax) {
        this.partitionCount = partitionCount;
        this.laneCountMax = laneCountMax;
    }

    /** Called when a settlement has been forgotten. */
    protected void forgotten(Settlement settlement) {}

    /** Whether it says so when it has forgotten a settlement: only sabotage says no. */
    protected boolean ownsUpToLosses() {
        return true;
    }

    /** A crash: takes back the last changes that did not wait for the disk, at most so many. Returns how many. */
    public int forgetLast(int countMax) {
        int count = Math.min(countMax, unflushed.size());
        for (int i = 0; i < count; i++) {
            unflushed.removeLast().run();
        }
        flush();
        return count;
    }

    private void lazily(Runnable undo) {
        unflushed.add(undo);
        if (unflushed.size() > UNFLUSHED_COUNT_MAX) {
            unflushed.removeFirst();
        }
    }

    /** What was lazy until now is on the disk: a commit that waits for the disk takes along all before it. */
    public void flush() {
        unflushed.clear();
    }

    /** Called when a segment has become durable. */
    protected void appended(LaneSegment segment) {}

    /** Called when a settlement has become durable, once for each. */
    protected void settled(LaneLease lease, Settlement settlement) {}

    /** Whether stale leases and wrong numbers are refused: only sabotage says no. */
    protected boolean isFenced() {
        return true;
    }

    public void letPass(long millis) {
        nowMillis += millis;
    }

    @Override
    public int partitionCount() {
        return partitionCount;
    }

    @Override
    public Appended append(String lane, List<CommandEnvelope> commands) {
        long waiting = lags(lane).stream().mapToLong(LaneLag::waitingCount).sum();
        if (waiting + commands.size() > laneCountMax) {
            return new Appended.Full(waiting, 1_000);
        }
        return new Appended.Kept(appendAnyway(lane, commands));
    }

    /** Like commands that are sent inside the transaction of a cause: no limit is looked at. */
    public List<LaneSegment> appendAnyway(String lane, List<CommandEnvelope> commands) {
        flush();
        SortedMap<LanePartition, List<CommandEnvelope>> byPartition = new TreeMap<>();
        for (CommandEnvelope command : commands) {
            int index = LanePartition.indexOf(command.key(), partitionCount);
            byPartition
                    .computeIfAbsent(new LanePartition(lane, index), _ -> new ArrayList<>())
                    .add(command);
        }
        List<LaneSegment> segments = new ArrayList<>();
        byPartition.forEach((partition, part) -> segments.add(put(partition, part)));
        return segments;
    }

    private LaneSegment put(LanePartition partition, List<CommandEnvelope> commands) {
        Row row = row(partition);
        long first = row.head;
        for (CommandEnvelope command : commands) {
            row.commands.put(row.head, EnvelopeCodec.pack(List.of(command)));
            row.appendedAt.put(row.head, nowMillis);
            row.head++;
        }
        LaneSegment segment = new LaneSegment(partition, first, List.copyOf(commands));
        appended(segment);
        return segment;
    }

    protected long cursorOf(LanePartition partition) {
        return row(partition).cursor;
    }

    private Row row(LanePartition partition) {
        return rows.computeIfAbsent(partition, _ -> new Row());
    }

    @Override
    public Optional<LaneHold> acquire(LanePartition partition, String holder, long ttlMillis) {
        Row row = row(partition);
        if (!row.holder.equals(holder) && row.leaseUntilMillis > nowMillis) {
            return Optional.empty();
        }
        flush();
        row.holder = holder;
        row.epoch++;
        row.leaseUntilMillis = nowMillis + ttlMillis;
        LaneLease lease = new LaneLease(partition, holder, row.epoch);
        return Optional.of(new LaneHold(lease, row.settledNumber, row.cursor, List.copyOf(row.parked.values())));
    }

    private @Nullable Row heldBy(LaneLease lease) {
        Row row = row(lease.partition());
        return row.epoch == lease.epoch() || !isFenced() ? row : null;
    }

    @Override
    public boolean renew(LaneLease lease, long settledNumber, long ttlMillis) {
        Row row = heldBy(lease);
        if (row == null || row.settledNumber < settledNumber && isFenced() && ownsUpToLosses()) {
            return false;
        }
        lazily(row.undo());
        row.leaseUntilMillis = nowMillis + ttlMillis;
        return true;
    }

    @Override
    public void release(LaneLease lease) {
        Row row = heldBy(lease);
        if (row != null) {
            row.leaseUntilMillis = nowMillis;
        }
    }

    @Override
    public List<LaneSegment> read(LanePartition partition, long fromOffset, int countMax) {
        List<CommandEnvelope> commands = row(partition).commands.tailMap(fromOffset).values().stream()
                .limit(countMax)
                .map(packed -> EnvelopeCodec.unpack(packed).getFirst())
                .toList();
        return commands.isEmpty() ? List.of() : List.of(new LaneSegment(partition, fromOffset, commands));
    }

    @Override
    public boolean settle(LaneLease lease, long ttlMillis, Settlement settlement) {
        Row row = heldBy(lease);
        if (row == null) {
            return false;
        }
        if (row.settledNumber == settlement.number() && isFenced()) {
            return true;
        }
        if (row.settledNumber + 1 != settlement.number() && isFenced()) {
            if (ownsUpToLosses()) {
                return false;
            }
            throw new IllegalStateException(
                    "settlement " + settlement.number() + " comes after " + row.settledNumber + " of " + lease);
        }
        Runnable undo = row.undo();
        row.leaseUntilMillis = nowMillis + ttlMillis;
        row.settledNumber = settlement.number();
        row.cursor = settlement.cursor();
        row.commands.headMap(settlement.cursor()).clear();
        row.appendedAt.headMap(settlement.cursor()).clear();
        settlement.unparked().forEach(row.parked::remove);
        settlement.parked().forEach(parked -> row.parked.put(parked.offset(), parked));
        row.answers.add(new Kept(settlement.number(), nowMillis, EnvelopeCodec.packAnswers(settlement.answers())));
        settlement.dead().forEach(death -> bury(lease.partition(), death));
        if (settlement.dead().isEmpty()) {
            lazily(() -> {
                undo.run();
                forgotten(settlement);
            });
        } else {
            flush();
        }
        settled(lease, settlement);
        return true;
    }

    private void bury(LanePartition partition, Settlement.Death death) {
        IdempotencyKey key = death.command().idempotencyKey();
        DeadLetter known = letters.values().stream()
                .filter(letter -> letter.command().idempotencyKey().equals(key))
                .findFirst()
                .orElse(null);
        long id = known != null ? known.id() : letters.isEmpty() ? 1 : letters.lastKey() + 1;
        int attemptCount = death.attemptCount() + (known == null ? 0 : known.attemptCount());
        int retryCount = known == null ? 0 : known.retryCount();
        letters.put(
                id, new DeadLetter(id, partition, death.command(), attemptCount, death.why(), nowMillis, retryCount));
    }

    @Override
    public List<AnswerBatch> answers(LanePartition partition, long bytesMax) {
        List<AnswerBatch> newest = new ArrayList<>();
        long bytes = 0;
        for (Kept kept : row(partition).answers.reversed()) {
            bytes += kept.packed.length;
            if (bytes > bytesMax && !newest.isEmpty()) {
                break;
            }
            newest.addFirst(new AnswerBatch(kept.number, EnvelopeCodec.unpackAnswers(kept.packed)));
        }
        return newest;
    }

    @Override
    public int pruneAnswers(String lane, long olderThanMillis) {
        int before = 0;
        int after = 0;
        for (var row : rows.entrySet()) {
            if (row.getKey().lane().equals(lane)) {
                before += row.getValue().answers.size();
                long lastTooMany = row.getValue().settledNumber - CommandLimits.ANSWER_BATCH_COUNT_MAX;
                row.getValue()
                        .answers
                        .removeIf(kept -> kept.atMillis <= nowMillis - olderThanMillis || kept.number <= lastTooMany);
                after += row.getValue().answers.size();
            }
        }
        return before - after;
    }

    @Override
    public List<LaneLag> lags(String lane) {
        List<LaneLag> lags = new ArrayList<>();
        rows.forEach((partition, row) -> {
            if (partition.lane().equals(lane)) {
                long oldest = row.appendedAt.isEmpty()
                        ? 0
                        : nowMillis - row.appendedAt.firstEntry().getValue();
                lags.add(new LaneLag(partition, row.head - row.cursor, row.parked.size(), oldest));
            }
        });
        return lags;
    }

    @Override
    public DeadLetters deadLetters() {
        return this;
    }

    @Override
    public List<String> lanes() {
        return letters.values().stream()
                .map(letter -> letter.partition().lane())
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public List<DeadLetter> list(String lane, long afterId, int countMax) {
        return letters.tailMap(afterId + 1).values().stream()
                .filter(letter -> letter.partition().lane().equals(lane))
                .limit(countMax)
                .toList();
    }

    @Override
    public Optional<DeadLetter> show(long id) {
        return Optional.ofNullable(letters.get(id));
    }

    @Override
    public boolean retry(long id) {
        DeadLetter letter = letters.get(id);
        if (letter == null) {
            return false;
        }
        flush();
        put(letter.partition(), List.of(letter.command()));
        letters.put(
                id,
                new DeadLetter(
                        id,
                        letter.partition(),
                        letter.command(),
                        letter.attemptCount(),
                        letter.why(),
                        letter.diedAtMillis(),
                        letter.retryCount() + 1));
        return true;
    }

    @Override
    public boolean drop(long id) {
        return letters.remove(id) != null;
    }
}
