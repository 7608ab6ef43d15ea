package dev.terrane.coordinator;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Small values for all nodes to read. A version is the index of the entry that has set it. */
final class Values {
    static final int KEY_COUNT_MAX = 4_096;
    static final int KEY_LENGTH_MAX = 128;
    static final int VALUE_BYTES_MAX = 4_096;

    private final TreeMap<String, Version> values = new TreeMap<>();

    private record Version(long number, byte[] value) {}

    Outcome put(long index, Command.PutValue put) {
        if (put.key().isEmpty() || put.key().length() > KEY_LENGTH_MAX || put.value().length > VALUE_BYTES_MAX) {
            return new Outcome.Refused(
                    Outcome.Reason.TOO_MUCH,
                    "a key has 1 to " + KEY_LENGTH_MAX + " characters and a value at most " + VALUE_BYTES_MAX
                            + " bytes");
        }
        Version before = values.get(put.key());
        long version = before == null ? 0 : before.number;
        if (put.expectedVersion() != Command.PutValue.ANY && put.expectedVersion() != version) {
            return new Outcome.Refused(
                    Outcome.Reason.STALE_VERSION,
                    put.key() + " is at version " + version + ", not " + put.expectedVersion());
        }
        if (put.value().length == 0) {
            values.remove(put.key());
            return new Outcome.Done();
        }
        if (before == null && values.size() >= KEY_COUNT_MAX) {
            return new Outcome.Refused(Outcome.Reason.TOO_MUCH, "there are " + KEY_COUNT_MAX + " keys");
        }
        values.put(put.key(), new Version(index, put.value().clone()));
        return new Outcome.Done();
    }

    Optional<byte[]> find(String key) {
        Version found = values.get(key);
        return found == null ? Optional.empty() : Optional.of(found.value.clone());
    }

    List<String> keys(String prefix) {
        return values.tailMap(prefix).keySet().stream()
                .takeWhile(key -> key.startsWith(prefix))
                .toList();
    }

    long version(String key) {
        Version found = values.get(key);
        return found == null ? 0 : found.number;
    }

    void write(ByteWriter writer) {
        writer.varuint(values.size());
        values.forEach((key, version) -> {
            writer.utf8(key);
            writer.varulong(version.number);
            writer.blob(version.value);
        });
    }

    void read(ByteReader reader) {
        for (int left = reader.count(3); left > 0; left--) {
            values.put(reader.utf8(4 * KEY_LENGTH_MAX), new Version(reader.varulong(), reader.blob(VALUE_BYTES_MAX)));
        }
    }
}
