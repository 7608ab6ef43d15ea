package dev.terrane.command;

import java.util.regex.Pattern;

/**
 * Something that has happened and is durable: {@code evt.*} (H5). Written in the transaction of what it tells of, then published from the outbox: at least
 * once, in order per key. Whoever hears it knows it again by its id. Immutable: nobody changes {@code payload}.
 *
 * @param topic {@code evt.<domain>.<fact>}
 * @param key what it is about: events with one key arrive in order
 * @param eventId the same however often it is told
 * @param causationId of the command that caused it, empty if none did
 * @param atMillis Unix time
 * @param payload JSON
 */
public record EventEnvelope(
        String topic, String key, String eventId, String causationId, long atMillis, byte[] payload) {
    private static final Pattern TOPIC = Pattern.compile("evt\\.[a-z][a-z0-9-]*\\.[a-z][a-z0-9.-]*");
    private static final int TOPIC_CHARS_MAX = 64;

    public EventEnvelope {
        if (topic.length() > TOPIC_CHARS_MAX || !TOPIC.matcher(topic).matches()) {
            throw new IllegalArgumentException("'" + topic
                    + "' is no topic; write evt.<domain>.<fact>, in small letters, at most " + TOPIC_CHARS_MAX
                    + " characters");
        }
    }
}
