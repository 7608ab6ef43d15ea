package dev.terrane.command;

import java.util.regex.Pattern;

/**
 * Something that has happened and is durable: {@code evt.*} (H5). Written in the transaction of what it tells of, then published from the outbox: at least
 * once, in order per key. Whoever hears it knows it again by its id. Immutable: nobody changes {@code payload}.
 *
 * @param topic {@code evt.<domain>.<fact>}
 * @param key what it is about, 1 to {@link CommandLimits#KEY_CHARS_MAX} characters: events with one key arrive in order
 * @param eventId the same however often it is told
 * @param causationId of the command that caused it, empty if none did
 * @param atMillis Unix time
 * @param payload JSON, at most {@link CommandLimits#EVENT_BYTES_MAX} bytes
 */
public record EventEnvelope(
        String topic, String key, String eventId, String causationId, long atMillis, byte[] payload) {
    private static final Pattern TOPIC = Pattern.compile("evt\\.[a-z][a-z0-9-]*\\.[a-z][a-z0-9.-]*");
    private static final int TOPIC_CHARS_MAX = 64;

    public EventEnvelope {
        requireNames(topic, key);
        if (payload.length > CommandLimits.EVENT_BYTES_MAX) {
            throw new IllegalArgumentException("an event " + topic + " of " + payload.length + " bytes is longer than "
                    + CommandLimits.EVENT_BYTES_MAX);
        }
    }

    /** @throws IllegalArgumentException if there is no such topic, or this is no key: a bug of the caller */
    public static void requireNames(String topic, String key) {
        requireTopic(topic);
        CommandLimits.requireName("the key of an event " + topic, key, CommandLimits.KEY_CHARS_MAX);
    }

    static void requireTopic(String topic) {
        if (topic.length() > TOPIC_CHARS_MAX || !TOPIC.matcher(topic).matches()) {
            throw new IllegalArgumentException("'" + topic
                    + "' is no topic; write evt.<domain>.<fact>, in small letters, at most " + TOPIC_CHARS_MAX
                    + " characters");
        }
    }
}
