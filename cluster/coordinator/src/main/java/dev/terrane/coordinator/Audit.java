package dev.terrane.coordinator;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/** The last entries, and apart from them the last ones of administrators: what nodes and players cause all the time must not make anybody forget those. */
final class Audit {
    /** Of each kind. */
    static final int LENGTH_MAX = 256;

    private static final int TEXT_LENGTH_MAX = 400;
    private static final int TEXT_BYTES_MAX = 4 * TEXT_LENGTH_MAX;

    private final Deque<AuditEntry> routine = new ArrayDeque<>();
    private final Deque<AuditEntry> admin = new ArrayDeque<>();

    void add(long index, long term, Entry entry, Outcome outcome) {
        if (outcome instanceof Outcome.Refused(Outcome.Reason reason, String _)
                && reason == Outcome.Reason.BAD_TOKEN
                && !entry.isAdmin()) {
            return; // a player may try as often as he likes
        }
        String text =
                entry.command() + (outcome instanceof Outcome.Refused refused ? " refused: " + refused.why() : "");
        add(new AuditEntry(
                index,
                term,
                entry.atMillis(),
                entry.author(),
                entry.reason(),
                text.substring(0, Math.min(text.length(), TEXT_LENGTH_MAX))));
    }

    private void add(AuditEntry line) {
        Deque<AuditEntry> ring = line.isAdmin() ? admin : routine;
        ring.addLast(line);
        if (ring.size() > LENGTH_MAX) {
            ring.removeFirst();
        }
    }

    /** Oldest first. */
    List<AuditEntry> all() {
        List<AuditEntry> all = new ArrayList<>(routine);
        all.addAll(admin);
        all.sort(Comparator.comparingLong(AuditEntry::index));
        return all;
    }

    /** What administrators have said after that entry, oldest first. */
    List<AuditEntry> adminAfter(long index) {
        return admin.stream().filter(line -> line.index() > index).toList();
    }

    void write(ByteWriter writer) {
        List<AuditEntry> all = all();
        writer.varuint(all.size());
        for (AuditEntry line : all) {
            writer.varulong(line.index());
            writer.varulong(line.term());
            writer.i64(line.atMillis());
            writer.utf8(line.author());
            writer.utf8(line.reason());
            writer.utf8(line.text());
        }
    }

    /** @param isTimeless of a build that did not keep when */
    void read(ByteReader reader, boolean isTimeless) {
        for (int left = reader.count(5); left > 0; left--) {
            add(new AuditEntry(
                    reader.varulong(),
                    reader.varulong(),
                    isTimeless ? 0 : reader.i64(),
                    reader.utf8(TEXT_BYTES_MAX),
                    reader.utf8(TEXT_BYTES_MAX),
                    reader.utf8(TEXT_BYTES_MAX)));
        }
    }
}
