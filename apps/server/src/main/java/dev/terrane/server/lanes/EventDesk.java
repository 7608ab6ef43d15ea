package dev.terrane.server.lanes;

import dev.terrane.base.WorldId;
import dev.terrane.command.EventEnvelope;
import dev.terrane.gateway.LaneOutput;
import java.util.List;
import java.util.function.Consumer;

/**
 * Where events go: to whoever keeps a view of them, then to players. What is about a character, only that one is told; what is about a region, everybody in the world; what is about
 * anything else, no player.
 */
final class EventDesk {
    private static final String REGION = "region:";

    private final WorldId world;
    private final Answers answers;
    private final Consumer<LaneOutput> everybody;
    private final List<EventSubscriber> subscribers;

    /** @param everybody tells all gateways */
    EventDesk(WorldId world, Answers answers, Consumer<LaneOutput> everybody, List<EventSubscriber> subscribers) {
        this.world = world;
        this.answers = answers;
        this.everybody = everybody;
        this.subscribers = subscribers;
    }

    /** On a thread that may wait. */
    void publish(List<EventEnvelope> events) {
        for (EventSubscriber subscriber : subscribers) {
            subscriber.accept(events);
        }
        for (EventEnvelope event : events) {
            if (event.key().startsWith(REGION)) {
                everybody.accept(new LaneOutput.Broadcast(world, event));
            } else if (event.key().startsWith(Answers.CHARACTER)) {
                answers.tell(clientOf(event.key()), session -> new LaneOutput.Event(session, event));
            }
        }
    }

    /** The owner, if the key names something that it owns: {@code character:…/credit}. */
    private static String clientOf(String key) {
        int slash = key.indexOf('/');
        return slash < 0 ? key : key.substring(0, slash);
    }
}
