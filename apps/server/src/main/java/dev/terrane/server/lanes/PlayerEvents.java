package dev.terrane.server.lanes;

import dev.terrane.base.WorldId;
import dev.terrane.command.EventEnvelope;
import dev.terrane.gateway.LaneOutput;
import java.util.List;
import java.util.function.Consumer;

/** Tells the players of this process of events. What is about a character, only that one is told; what is about a region, everybody in the world; what is about anything else, no player. Any thread. */
final class PlayerEvents {
    private static final String REGION = "region:";

    private final WorldId world;
    private final Answers answers;
    private final Consumer<LaneOutput> everybody;

    /** @param everybody tells all gateways */
    PlayerEvents(WorldId world, Answers answers, Consumer<LaneOutput> everybody) {
        this.world = world;
        this.answers = answers;
        this.everybody = everybody;
    }

    void tell(List<EventEnvelope> events) {
        for (EventEnvelope event : events) {
            if (event.key().startsWith(REGION)) {
                everybody.accept(new LaneOutput.Broadcast(world, event));
            } else if (event.key().startsWith(Answers.CHARACTER)) {
                answers.tell(clientOf(event.key()), session -> new LaneOutput.Event(session, event));
            }
        }
    }

    /** Whether any player would hear of it. */
    static boolean concerns(EventEnvelope event) {
        return event.key().startsWith(REGION) || event.key().startsWith(Answers.CHARACTER);
    }

    /** The owner, if the key names something that it owns: {@code character:…/credit}. */
    private static String clientOf(String key) {
        int slash = key.indexOf('/');
        return slash < 0 ? key : key.substring(0, slash);
    }
}
