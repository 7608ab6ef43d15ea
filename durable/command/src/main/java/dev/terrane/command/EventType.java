package dev.terrane.command;

/**
 * A kind of durable event and what its payload holds: for whoever writes clients of a game.
 *
 * @param topic {@code evt.<domain>.<fact>}
 * @param payload the record that is written; it may gain optional fields, and those who do not know them ignore them
 */
public record EventType(String topic, Class<? extends Record> payload) {
    /** @throws IllegalArgumentException if there is no such topic: a bug of the caller */
    public EventType {
        EventEnvelope.requireTopic(topic);
    }
}
