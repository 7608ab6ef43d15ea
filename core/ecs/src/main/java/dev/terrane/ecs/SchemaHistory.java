package dev.terrane.ecs;

import dev.terrane.bytes.MalformedBytesException;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** The schemas that states may have been written under, and the ways from them to the present one. Immutable; any thread may use it. */
public final class SchemaHistory {
    private final Schema present;
    private final SortedMap<Long, byte[]> descriptions;

    /** @param descriptions of {@link Schema#describe}, by fingerprint */
    public SchemaHistory(Schema present, SortedMap<Long, byte[]> descriptions) {
        this.present = present;
        this.descriptions = Collections.unmodifiableSortedMap(new TreeMap<>(descriptions));
    }

    /**
     * The way from the schema with this fingerprint.
     *
     * @throws SchemaChangedException if nothing is known of that schema, or no declared rule leads from it; it says what to do
     */
    public SchemaMigration from(long fingerprint) {
        byte[] description = descriptions.get(fingerprint);
        if (description == null) {
            throw new SchemaChangedException(
                    "another component schema (fingerprint %x, now %x), of which this store has no description"
                            .formatted(fingerprint, present.fingerprint()));
        }
        Schema past;
        try {
            past = Schema.described(description);
        } catch (MalformedBytesException e) {
            throw new SchemaChangedException(
                    "another component schema (fingerprint %x), whose description is damaged: %s"
                            .formatted(fingerprint, e.getMessage()));
        }
        if (past.fingerprint() != fingerprint) {
            throw new SchemaChangedException(
                    "another component schema (fingerprint %x), whose description is one of another (%x)"
                            .formatted(fingerprint, past.fingerprint()));
        }
        return SchemaMigration.of(past, present);
    }
}
