package dev.terrane.coordinator;

import dev.terrane.base.CellId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.coordinator.Migration.State;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Who had which cell, and which cells moved. Part of the state, so every coordinator tells the same, also after a restart; decides nothing. */
final class History {
    /** Of one cell; an older one is forgotten. */
    static final int SPAN_COUNT_MAX = 16;
    /** Of all cells together, that are over. */
    static final int MIGRATION_COUNT_MAX = 256;

    private static final Moment UNKNOWN = new Moment(0, 0, 0);
    private static final int TEXT_BYTES_MAX = 4 * Entry.TEXT_LENGTH_MAX;

    private final TreeMap<CellId, Deque<CellSpan>> spans = new TreeMap<>();
    private final TreeMap<CellId, Copy> copies = new TreeMap<>();
    private final TreeMap<CellId, Migration> underway = new TreeMap<>();
    private final Deque<Migration> over = new ArrayDeque<>();
    private Moment now = UNKNOWN;
    private Entry cause = Entry.of(0, new Command.LearnGrants(List.of()));

    /** Since when the present standby follows, and since when its copy is whole. */
    private record Copy(Moment copying, Moment whole) {}

    /** What happens from here on is this entry's doing. */
    void by(Entry entry, Moment moment) {
        cause = entry;
        now = moment;
    }

    void changed(Tenure before, Tenure after) {
        CellId cell = after.cell();
        boolean isAnother = after.epoch() > before.epoch();
        if (before.isHeld() && (isAnother || !after.isHeld())) {
            end(cell, before.epoch());
        }
        if (after.isHeld() && isAnother) {
            begin(after);
        }
        follow(before, after);
        move(before, after);
    }

    private void begin(Tenure tenure) {
        Deque<CellSpan> known = spans.computeIfAbsent(tenure.cell(), _ -> new ArrayDeque<>());
        known.addLast(new CellSpan(tenure.epoch(), Objects.requireNonNull(tenure.owner()), begun(), now, null, null));
        if (known.size() > SPAN_COUNT_MAX) {
            known.removeFirst();
        }
    }

    private CellSpan.Begun begun() {
        return switch (cause.command()) {
            case Command.AssignCells _ -> CellSpan.Begun.ASSIGNED;
            case Command.RenewCell _ -> CellSpan.Begun.RENEWED;
            case Command.NodeLost _, Command.RegisterNode _, Command.Promote _ -> CellSpan.Begun.PROMOTED;
            case Command.FinishMove _ -> CellSpan.Begun.MOVED;
            default -> CellSpan.Begun.GRANTED;
        };
    }

    private void end(CellId cell, long epoch) {
        Deque<CellSpan> known = spans.get(cell);
        CellSpan last = known == null ? null : known.peekLast();
        if (known != null && last != null && last.epoch() == epoch) {
            known.removeLast();
            known.addLast(last.ended(ended(), now));
        }
    }

    private CellSpan.Ended ended() {
        return switch (cause.command()) {
            case Command.NodeLost _ -> CellSpan.Ended.LOST;
            case Command.RegisterNode _ -> CellSpan.Ended.NODE_RESTARTED;
            case Command.ReleaseCell _ -> CellSpan.Ended.RELEASED;
            case Command.FinishMove _ -> CellSpan.Ended.MOVED;
            default -> CellSpan.Ended.FAILED;
        };
    }

    private void follow(Tenure before, Tenure after) {
        CellId cell = after.cell();
        if (after.standby() == null) {
            copies.remove(cell);
            return;
        }
        Copy known = copies.get(cell);
        if (known == null || !after.standby().equals(before.standby()) || after.epoch() > before.epoch()) {
            copies.put(cell, new Copy(now, after.isReady() ? now : UNKNOWN));
        } else if (after.isReady() && !before.isReady()) {
            copies.put(cell, new Copy(known.copying, now));
        }
    }

    private void move(Tenure before, Tenure after) {
        CellId cell = after.cell();
        boolean wasMoving = before.phase() == Tenure.Phase.MOVING;
        boolean isMoving = after.phase() == Tenure.Phase.MOVING && after.epoch() == before.epoch();
        if (wasMoving && !isMoving) {
            over(cell);
        } else if (!wasMoving && isMoving && after.owner() != null && after.standby() != null) {
            Copy copy = copies.getOrDefault(cell, new Copy(UNKNOWN, UNKNOWN));
            underway.put(
                    cell,
                    new Migration(
                            cell,
                            after.epoch(),
                            after.owner(),
                            after.standby(),
                            cause.author(),
                            cause.reason(),
                            copy.copying,
                            copy.whole,
                            now,
                            State.UNDERWAY,
                            null));
        }
    }

    private void over(CellId cell) {
        Migration migration = underway.remove(cell);
        if (migration == null) {
            return;
        }
        State how = switch (cause.command()) {
            case Command.FinishMove _ -> State.DONE;
            case Command.AbortMove _ -> State.CALLED_OFF;
            default -> State.CUT_SHORT;
        };
        over.addLast(migration.over(how, now));
        if (over.size() > MIGRATION_COUNT_MAX) {
            over.removeFirst();
        }
    }

    /** Oldest first. */
    List<CellSpan> spans(CellId cell) {
        Deque<CellSpan> known = spans.get(cell);
        return known == null ? List.of() : List.copyOf(known);
    }

    /** Those that are over, oldest first, then those underway, in order of cells. */
    List<Migration> migrations() {
        List<Migration> all = new ArrayList<>(over);
        all.addAll(underway.values());
        return all;
    }

    void write(ByteWriter writer) {
        writer.varuint(spans.size());
        spans.forEach((cell, known) -> {
            CellBytes.write(writer, cell);
            writer.varuint(known.size());
            known.forEach(span -> write(writer, span));
        });
        writer.varuint(copies.size());
        copies.forEach((cell, copy) -> {
            CellBytes.write(writer, cell);
            copy.copying.write(writer);
            copy.whole.write(writer);
        });
        writer.varuint(underway.size());
        underway.values().forEach(each -> write(writer, each));
        writer.varuint(over.size());
        over.forEach(each -> write(writer, each));
    }

    private static void write(ByteWriter writer, CellSpan span) {
        writer.varulong(span.epoch());
        Tenures.writeName(writer, span.owner());
        writer.u8(span.begun().ordinal());
        span.from().write(writer);
        writer.u8(span.ended() == null ? 0 : span.ended().ordinal() + 1);
        write(writer, span.to());
    }

    private static void write(ByteWriter writer, @Nullable Moment moment) {
        (moment == null ? UNKNOWN : moment).write(writer);
    }

    private static void write(ByteWriter writer, Migration migration) {
        CellBytes.write(writer, migration.cell());
        writer.varulong(migration.epoch());
        Tenures.writeName(writer, migration.from());
        Tenures.writeName(writer, migration.to());
        writer.utf8(migration.author());
        writer.utf8(migration.reason());
        migration.copying().write(writer);
        migration.whole().write(writer);
        migration.frozen().write(writer);
        writer.u8(migration.state().ordinal());
        write(writer, migration.over());
    }

    void read(ByteReader reader) {
        for (int left = reader.count(6); left > 0; left--) {
            CellId cell = CellBytes.read(reader);
            Deque<CellSpan> known = new ArrayDeque<>();
            for (int rest = reader.count(20); rest > 0; rest--) {
                known.addLast(readSpan(reader));
            }
            spans.put(cell, known);
        }
        for (int left = reader.count(24); left > 0; left--) {
            copies.put(CellBytes.read(reader), new Copy(Moment.read(reader), Moment.read(reader)));
        }
        for (int left = reader.count(40); left > 0; left--) {
            Migration each = readMigration(reader);
            underway.put(each.cell(), each);
        }
        for (int left = reader.count(40); left > 0; left--) {
            over.addLast(readMigration(reader));
        }
    }

    private static CellSpan readSpan(ByteReader reader) {
        long epoch = reader.varulong();
        var owner = Tenures.readNode(reader);
        CellSpan.Begun begun = choice(CellSpan.Begun.values(), reader.u8(), reader);
        Moment from = Moment.read(reader);
        int why = reader.u8();
        Moment to = Moment.read(reader);
        return why == 0
                ? new CellSpan(epoch, owner, begun, from, null, null)
                : new CellSpan(epoch, owner, begun, from, choice(CellSpan.Ended.values(), why - 1, reader), to);
    }

    private static Migration readMigration(ByteReader reader) {
        Migration read = new Migration(
                CellBytes.read(reader),
                reader.varulong(),
                Tenures.readNode(reader),
                Tenures.readNode(reader),
                reader.utf8(TEXT_BYTES_MAX),
                reader.utf8(TEXT_BYTES_MAX),
                Moment.read(reader),
                Moment.read(reader),
                Moment.read(reader),
                State.UNDERWAY,
                null);
        State state = choice(State.values(), reader.u8(), reader);
        Moment when = Moment.read(reader);
        return state == State.UNDERWAY ? read : read.over(state, when);
    }

    private static <T> T choice(T[] values, int at, ByteReader reader) {
        if (at >= values.length) {
            throw reader.malformed("choice " + at + " of " + values.length);
        }
        return values[at];
    }
}
