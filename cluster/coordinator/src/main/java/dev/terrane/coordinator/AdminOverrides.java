package dev.terrane.coordinator;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import java.util.List;
import java.util.TreeMap;

/** What administrators have said and not taken back. */
final class AdminOverrides {
    static final int COUNT_MAX = 1_024;
    private static final int TEXT_BYTES_MAX = 4 * Entry.TEXT_LENGTH_MAX;

    private final TreeMap<String, AdminOverride> overrides = new TreeMap<>();

    Outcome set(long index, Entry entry, Command.SetOverride set) {
        if (set.name().isEmpty()
                || set.name().length() > Entry.TEXT_LENGTH_MAX
                || set.value().length() > Entry.TEXT_LENGTH_MAX) {
            return new Outcome.Refused(
                    Outcome.Reason.TOO_MUCH,
                    "an override's name and value have at most " + Entry.TEXT_LENGTH_MAX + " characters");
        }
        if (set.value().isEmpty()) {
            overrides.remove(set.name());
            return new Outcome.Done();
        }
        if (overrides.size() >= COUNT_MAX && !overrides.containsKey(set.name())) {
            return new Outcome.Refused(Outcome.Reason.TOO_MUCH, "there are " + COUNT_MAX + " overrides");
        }
        overrides.put(set.name(), new AdminOverride(set.name(), set.value(), entry.author(), entry.reason(), index));
        return new Outcome.Done();
    }

    List<AdminOverride> all() {
        return List.copyOf(overrides.values());
    }

    void write(ByteWriter writer) {
        writer.varuint(overrides.size());
        for (AdminOverride each : overrides.values()) {
            writer.utf8(each.name());
            writer.utf8(each.value());
            writer.utf8(each.author());
            writer.utf8(each.reason());
            writer.varulong(each.sinceIndex());
        }
    }

    void read(ByteReader reader) {
        for (int left = reader.count(5); left > 0; left--) {
            AdminOverride each = new AdminOverride(
                    reader.utf8(TEXT_BYTES_MAX),
                    reader.utf8(TEXT_BYTES_MAX),
                    reader.utf8(TEXT_BYTES_MAX),
                    reader.utf8(TEXT_BYTES_MAX),
                    reader.varulong());
            overrides.put(each.name(), each);
        }
    }
}
