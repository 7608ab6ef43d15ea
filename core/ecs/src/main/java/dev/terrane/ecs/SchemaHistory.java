package dev.terrane.ecs;

import dev.terrane.bytes.MalformedBytesException;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The schemas that states may have been written under, and the ways from them to the present one. Immutable; any thread may use it. */
public final class SchemaHistory {
    private final Schema present;
    private final Set<String> dropped;
    private final SortedMap<Long, byte[]> descriptions;

    /**
     * @param dropped names of past components that nobody wants any more: without them a state that knows such a component is refused
     * @param descriptions of {@link Schema#describe}, by fingerprint
     * @throws IllegalArgumentException if a dropped component is still there
     */
    public SchemaHistory(Schema present, Collection<String> dropped, SortedMap<Long, byte[]> descriptions) {
        for (ComponentType<?> type : present.components()) {
            if (dropped.contains(type.name())) {
                throw new IllegalArgumentException("component " + type.name() + " is said to be dropped, but "
                        + type.recordClass().getName() + " still is one");
            }
        }
        this.present = present;
        this.dropped = Collections.unmodifiableSortedSet(new TreeSet<>(dropped));
        this.descriptions = Collections.unmodifiableSortedMap(new TreeMap<>(descriptions));
    }

    /** The same, of other past schemas. */
    public SchemaHistory with(SortedMap<Long, byte[]> others) {
        return new SchemaHistory(present, dropped, others);
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
        return SchemaMigration.of(past, present, dropped);
    }
}
