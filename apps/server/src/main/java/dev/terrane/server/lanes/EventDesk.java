package dev.terrane.server.lanes;

import dev.terrane.base.Meters;
import dev.terrane.checkpoint.StoreUnavailableException;
import dev.terrane.command.EventEnvelope;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where events go: to whoever keeps a view of them, then to players. */
final class EventDesk {
    private static final Logger LOG = LoggerFactory.getLogger(EventDesk.class);

    private final Consumer<List<EventEnvelope>> players;
    private final SortedMap<String, EventSubscriber> subscribers;
    private final Meters meters;

    /** @param players tells them, here or at other nodes; see {@link PlayerEvents} @param subscribers by name */
    EventDesk(Consumer<List<EventEnvelope>> players, Map<String, EventSubscriber> subscribers, Meters meters) {
        this.players = players;
        this.subscribers = new TreeMap<>(subscribers);
        this.meters = meters;
    }

    /** On a thread that may wait. */
    void publish(List<EventEnvelope> events) {
        subscribers.forEach((name, subscriber) -> tell(name, subscriber, events));
        List<EventEnvelope> concerning =
                events.stream().filter(PlayerEvents::concerns).toList();
        if (!concerning.isEmpty()) {
            players.accept(concerning);
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
}
