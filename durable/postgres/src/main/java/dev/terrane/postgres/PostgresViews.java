package dev.terrane.postgres;

import dev.terrane.base.WorldId;
import dev.terrane.command.EventEnvelope;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * What readers find of a world's events: the newest document per key of some topics, and a journal of others (H7). Hearing an event again changes nothing. Any thread; calls block.
 */
public final class PostgresViews {
    /** A document says how new it is. */
    private static final Pattern VERSION = Pattern.compile("\"version\":(\\d{1,18})");

    private static final String PUT_DOCUMENTS = """
            INSERT INTO terrane.view_document AS held (world, topic, key, version, document, changed_at)
            SELECT :world, topic, key, version, document::jsonb, to_timestamp(at / 1000.0)
            FROM unnest(:topics, :keys, :versions, :documents, :ats) AS told (topic, key, version, document, at)
            ON CONFLICT (world, topic, key) DO UPDATE
            SET version = excluded.version, document = excluded.document, changed_at = excluded.changed_at
            WHERE held.version < excluded.version
            """;
    private static final String ADD_ENTRIES = """
            INSERT INTO terrane.view_journal (world, event_id, topic, key, payload, at)
            SELECT :world, event_id, topic, key, payload::jsonb, to_timestamp(at / 1000.0)
            FROM unnest(:ids, :topics, :keys, :payloads, :ats) AS told (event_id, topic, key, payload, at)
            ON CONFLICT (world, event_id) DO NOTHING
            """;

    private final Database database;
    private final WorldId world;
    private final Set<String> documents;
    private final Set<String> journals;

    /**
     * @param documents topics whose payload is the whole newest state of its key, with a rising {@code version}
     * @param journals topics of which every event is kept
     */
    public PostgresViews(
            PostgresStore store, WorldId world, Collection<String> documents, Collection<String> journals) {
        this.database = store.database();
        this.world = world;
        this.documents = new TreeSet<>(documents);
        this.journals = new TreeSet<>(journals);
    }

    /** A document, or an entry of a journal. @param json as it was told */
    public record View(String key, long number, String json, long atMillis) {}

    /**
     * Keeps what is to be kept of these.
     *
     * @throws dev.terrane.checkpoint.StoreUnavailableException if the database is away: tell them again
     */
    public void accept(List<EventEnvelope> events) {
        Map<List<String>, EventEnvelope> newest = new LinkedHashMap<>();
        List<EventEnvelope> entries = new ArrayList<>();
        for (EventEnvelope event : events) {
            if (documents.contains(event.topic())) {
                newest.merge(
                        List.of(event.topic(), event.key()),
                        event,
                        (held, told) -> version(told) > version(held) ? told : held);
            }
            if (journals.contains(event.topic())) {
                entries.add(event);
            }
        }
        if (newest.isEmpty() && entries.isEmpty()) {
            return;
        }
        // One transaction: whoever sees a document finds in the journal what made it so.
        database.run(
                "keep " + newest.size() + " documents and " + entries.size() + " entries of views",
                handle -> handle.useTransaction(own -> {
                    putDocuments(own, List.copyOf(newest.values()));
                    addEntries(own, entries);
                }));
    }

    private static long version(EventEnvelope event) {
        Matcher version = VERSION.matcher(text(event));
        return version.find() ? Long.parseLong(version.group(1)) : 0;
    }

    private static String text(EventEnvelope event) {
        return new String(event.payload(), StandardCharsets.UTF_8);
    }

    private void putDocuments(Handle handle, List<EventEnvelope> told) {
        if (told.isEmpty()) {
            return;
        }
        handle.createUpdate(PUT_DOCUMENTS)
                .bind("world", world.name())
                .bind("topics", SqlColumns.texts(told, EventEnvelope::topic))
                .bind("keys", SqlColumns.texts(told, EventEnvelope::key))
                .bind("versions", SqlColumns.longs(told, PostgresViews::version))
                .bind("documents", SqlColumns.texts(told, PostgresViews::text))
                .bind("ats", SqlColumns.longs(told, EventEnvelope::atMillis))
                .execute();
    }

    private void addEntries(Handle handle, List<EventEnvelope> told) {
        if (told.isEmpty()) {
            return;
        }
        handle.createUpdate(ADD_ENTRIES)
                .bind("world", world.name())
                .bind("ids", SqlColumns.texts(told, EventEnvelope::eventId))
                .bind("topics", SqlColumns.texts(told, EventEnvelope::topic))
                .bind("keys", SqlColumns.texts(told, EventEnvelope::key))
                .bind("payloads", SqlColumns.texts(told, PostgresViews::text))
                .bind("ats", SqlColumns.longs(told, EventEnvelope::atMillis))
                .execute();
    }

    /** The newest document; empty: nothing was told of this key. */
    public Optional<View> document(String topic, String key) {
        return database.call(
                "read the document " + topic + " of " + key,
                handle -> handle.createQuery("""
                                SELECT key, version, document::text, (extract(epoch FROM changed_at) * 1000)::bigint
                                FROM terrane.view_document WHERE world = :world AND topic = :topic AND key = :key
                                """)
                        .bind("world", world.name())
                        .bind("topic", topic)
                        .bind("key", key)
                        .map((row, _) -> new View(row.getString(1), row.getLong(2), row.getString(3), row.getLong(4)))
                        .findOne());
    }

    /** All documents of a topic, by key. */
    public List<View> documents(String topic, int countMax) {
        return database.call(
                "read the documents " + topic,
                handle -> handle.createQuery("""
                                SELECT key, version, document::text, (extract(epoch FROM changed_at) * 1000)::bigint
                                FROM terrane.view_document WHERE world = :world AND topic = :topic
                                ORDER BY key LIMIT :count
                                """)
                        .bind("world", world.name())
                        .bind("topic", topic)
                        .bind("count", countMax)
                        .map((row, _) -> new View(row.getString(1), row.getLong(2), row.getString(3), row.getLong(4)))
                        .list());
    }

    /** What happened to a key, newest first. @param before only entries with lower numbers */
    public List<View> journal(String topic, String key, long before, int countMax) {
        return database.call(
                "read the journal " + topic + " of " + key,
                handle -> handle.createQuery("""
                                SELECT key, number, payload::text, (extract(epoch FROM at) * 1000)::bigint
                                FROM terrane.view_journal
                                WHERE world = :world AND topic = :topic AND key = :key AND number < :before
                                ORDER BY number DESC LIMIT :count
                                """)
                        .bind("world", world.name())
                        .bind("topic", topic)
                        .bind("key", key)
                        .bind("before", before)
                        .bind("count", countMax)
                        .map((row, _) -> new View(row.getString(1), row.getLong(2), row.getString(3), row.getLong(4)))
                        .list());
    }
}
