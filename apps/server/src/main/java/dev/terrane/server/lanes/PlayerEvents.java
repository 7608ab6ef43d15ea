package dev.terrane.server.lanes;

import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import dev.terrane.base.WorldId;
import dev.terrane.command.EventEnvelope;
import dev.terrane.gateway.CommandPort.Caller;
import dev.terrane.gateway.LaneOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Tells the players of this process of events. What is about a character, only that one is told; what is about a region, everybody in the world; what is about anything else, no player.
 *
 * <p>A client that comes back may not have heard what was told while it was away, or of a gateway that has died: it is told the last minute again. Clients know an event again by its id.
 *
 * <p>Any thread.
 */
final class PlayerEvents {
    private static final String REGION = "region:";
    /** Of all events about regions. */
    private static final String EVERYBODY = REGION;

    /** Told again to a client that comes back: of what is about it, and of what is about regions. */
    static final int AGAIN_COUNT_MAX = 64;
    /** Of each, what a connection takes at once. */
    private static final int AGAIN_BYTES_MAX = 128 << 10;

    private final WorldId world;
    private final Answers answers;
    private final Consumer<LaneOutput> everybody;
    private final Clock clock;
    private final RecentEvents recent;

    /** @param everybody tells all gateways */
    PlayerEvents(WorldId world, Answers answers, Consumer<LaneOutput> everybody, Clock clock, Meters meters) {
        this.world = world;
        this.answers = answers;
        this.everybody = everybody;
        this.clock = clock;
        this.recent = new RecentEvents(meters);
    }

    /** Those that were told before are not told again. */
    void tell(List<EventEnvelope> events) {
        for (EventEnvelope event : news(events)) {
            String addressee = addressee(event);
            if (addressee.equals(EVERYBODY)) {
                everybody.accept(new LaneOutput.Broadcast(world, event));
            } else {
                answers.tell(addressee, session -> new LaneOutput.Events(session, List.of(event)));
            }
        }
    }

    private synchronized List<EventEnvelope> news(List<EventEnvelope> events) {
        List<EventEnvelope> news = new ArrayList<>(events.size());
        for (EventEnvelope event : events) {
            if (concerns(event) && recent.add(event, clock.nanos())) {
                news.add(event);
            }
        }
        return news;
    }

    /** Its client played before and has come back: from now on it is told what happens, and this is what it may have missed. */
    void resumed(Caller caller, Consumer<LaneOutput> gateway) {
        List<EventEnvelope> missed = missed(Answers.clientOf(caller.character()));
        if (!missed.isEmpty()) {
            gateway.accept(new LaneOutput.Events(caller.session(), missed));
        }
    }

    private synchronized List<EventEnvelope> missed(String client) {
        recent.expire(clock.nanos());
        List<EventEnvelope> missed = new ArrayList<>(recent.newestOf(EVERYBODY, AGAIN_COUNT_MAX, AGAIN_BYTES_MAX));
        missed.addAll(recent.newestOf(client, AGAIN_COUNT_MAX, AGAIN_BYTES_MAX));
        return missed;
    }

    /** Whether any player would hear of it. */
    static boolean concerns(EventEnvelope event) {
        return event.key().startsWith(REGION) || event.key().startsWith(Answers.CHARACTER);
    }

    /** Everybody, or the client's name if the key is a character's or names something that it owns: {@code character:…/credit}. */
    static String addressee(EventEnvelope event) {
        if (event.key().startsWith(REGION)) {
            return EVERYBODY;
        }
        int slash = event.key().indexOf('/');
        return slash < 0 ? event.key() : event.key().substring(0, slash);
    }
}
