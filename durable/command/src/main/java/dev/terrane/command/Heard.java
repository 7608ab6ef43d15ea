package dev.terrane.command;

import org.jspecify.annotations.Nullable;

/**
 * Events as commands: whoever hears of a topic gets each of its events as {@code cmd.<receiver>.heard.<domain>.<fact>}, with the event's payload and key and an idempotency key
 * made of its id. So a subscriber has what every receiver has: order per key, retries, dead letters, and an effect that happens once however often the event is told.
 */
public final class Heard {
    /** Who alone may send it. */
    public static final String CLIENT = "lane:events";

    private static final String VERB = ".heard.";
    private static final String TOPIC_PREFIX = "evt.";
    private static final int VERSION = 1;

    private Heard() {}

    /**
     * What a receiver declares in order to hear of a topic: such a type among those that it carries out.
     *
     * @param payload of the event
     * @throws IllegalArgumentException for a topic that is none, or that is too long together with the receiver's name
     */
    public static <P extends Record> CommandType<P> typeFor(String receiver, String topic, Class<P> payload) {
        EventEnvelope.requireTopic(topic);
        return new CommandType<>(nameFor(receiver, topic), VERSION, payload, (_, client) -> client);
    }

    private static String nameFor(String receiver, String topic) {
        return CommandType.PREFIX + receiver + VERB + topic.substring(TOPIC_PREFIX.length());
    }

    /** The topic that a type of command is about; null: it is no event, but an ordinary command. */
    public static @Nullable String topicOf(String type) {
        int verb = type.indexOf(VERB);
        boolean ofReceiver = verb > 0 && type.indexOf('.', CommandType.PREFIX.length()) == verb;
        return ofReceiver ? TOPIC_PREFIX + type.substring(verb + VERB.length()) : null;
    }

    /** An event on its way to a receiver that has declared {@link #typeFor its topic}. @param producer node that brings it */
    public static CommandEnvelope of(EventEnvelope event, String receiver, String producer) {
        String type = nameFor(receiver, event.topic());
        return new CommandEnvelope(
                type,
                VERSION,
                event.key(),
                new CommandEnvelope.Origin(CLIENT, requestId(event, type)),
                new CommandEnvelope.Trace(
                        event.eventId(), event.eventId(), event.causationId(), producer, event.atMillis()),
                event.payload());
    }

    /** Its id, unless that is longer than a request id may be. */
    private static String requestId(EventEnvelope event, String type) {
        return event.eventId().length() <= CommandLimits.REQUEST_ID_CHARS_MAX
                ? event.eventId()
                : IdempotencyKey.of(CLIENT, event.eventId(), type, event.key()).toString();
    }
}
