package dev.terrane.coordinator;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;

/**
 * When something became true in the log.
 *
 * @param index of the entry that made it so, see {@link CoordinatorState#appliedCount}
 * @param term leadership of that entry
 * @param epochMillis see {@link Entry#atMillis}; 0: nobody said
 */
public record Moment(long index, long term, long epochMillis) {
    void write(ByteWriter writer) {
        writer.varulong(index);
        writer.varulong(term);
        writer.i64(epochMillis);
    }

    static Moment read(ByteReader reader) {
        return new Moment(reader.varulong(), reader.varulong(), reader.i64());
    }
}
