package dev.terrane.server.lanes;

import dev.terrane.base.Meters;
import dev.terrane.base.WorldId;
import dev.terrane.checkpoint.StoreUnavailableException;
import dev.terrane.command.EventEnvelope;
import dev.terrane.gateway.LaneOutput;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where events go: to whoever keeps a view of them, then to players. What is about a character, only that one is told; what is about a region, everybody in the world; what is about
 * anything else, no player.
 */
final class EventDesk {
    private static final String REGION = "region:";
    private static final Logger LOG = LoggerFactory.getLogger(EventDesk.class);

    private final WorldId world;
    private final Answers answers;
    private final Consumer<LaneOutput> everybody;
    private final SortedMap<String, EventSubscriber> subscribers;
    private final Meters meters;

    /** @param everybody tells all gateways @param subscribers by name */
    EventDesk(
            WorldId world,
            Answers answers,
            Consumer<LaneOutput> everybody,
            Map<String, EventSubscriber> subscribers,
            Meters meters) {
        this.world = world;
        this.answers = answers;
        this.everybody = everybody;
        this.subscribers = new TreeMap<>(subscribers);
        this.meters = meters;
    }

    /** On a thread that may wait. */
    void publish(List<EventEnvelope> events) {
        subscribers.forEach((name, subscriber) -> tell(name, subscriber, events));
        for (EventEnvelope event : events) {
            if (event.key().startsWith(REGION)) {
                everybody.accept(new LaneOutput.Broadcast(world, event));
            } else if (event.key().startsWith(Answers.CHARACTER)) {
                answers.tell(clientOf(event.key()), session -> new LaneOutput.Event(session, event));
            }
        }
    }

    /** An event that one subscriber cannot keep must not keep it, nor the others, from all that come after. */
    private void tell(String name, EventSubscriber subscriber, List<EventEnvelope> events) {
        try {
            subscriber.accept(events);
        } catch (StoreUnavailableException away) {
            throw away;
        } catch (RuntimeException refused) {
            if (events.size() > 1) {
                events.forEach(event -> tell(name, subscriber, List.of(event)));
                return;
            }
            meters.count("events_refused", "subscriber", name).one();
            LOG.atError()
                    .setCause(refused)
                    .addKeyValue("subscriber", name)
                    .addKeyValue("event", events.getFirst().eventId())
                    .log("the event cannot be kept and is left out");
        }
    }

    /** The owner, if the key names something that it owns: {@code character:…/credit}. */
    private static String clientOf(String key) {
        int slash = key.indexOf('/');
        return slash < 0 ? key : key.substring(0, slash);
    }
}
