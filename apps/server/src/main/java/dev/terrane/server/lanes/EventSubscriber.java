package dev.terrane.server.lanes;

import dev.terrane.command.EventEnvelope;
import java.util.List;

/** Keeps something of events that it makes durable: a read model, a journal. */
@FunctionalInterface
public interface EventSubscriber {
    /** Blocks until it is durable, or throws: then the same events come again. May hear an event more than once; of one key, in order. */
    void accept(List<EventEnvelope> events);
}
