package dev.terrane.server.lanes;

import dev.terrane.command.EventEnvelope;
import java.util.List;

/** Keeps something of events that it makes durable: a read model, a journal, a lane. */
@FunctionalInterface
public interface EventSubscriber {
    /**
     * Blocks until it is durable, or throws. May hear an event more than once; of one key, in order.
     *
     * @throws dev.terrane.checkpoint.StoreUnavailableException the same events come again
     * @throws RuntimeException one of them cannot be kept: they come once more one by one, and what cannot be kept then is left out
     */
    void accept(List<EventEnvelope> events);
}
