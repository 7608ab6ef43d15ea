package dev.terrane.server.lanes;

import dev.terrane.base.Meters;
import dev.terrane.checkpoint.StoreUnavailableException;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandLimits;
import dev.terrane.command.EnvelopeCodec;
import dev.terrane.command.EventEnvelope;
import dev.terrane.command.Heard;
import dev.terrane.command.LaneHint;
import dev.terrane.command.LaneSegment;
import dev.terrane.command.LaneStore;
import dev.terrane.command.LaneUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts events into the lanes of whoever hears of them, as commands ({@link Heard}). That done, how fast and how well a subscriber is concerns only its own lane: nobody else waits for it.
 * An event that comes again is known by its idempotency key. Any thread.
 */
final class EventPost implements EventSubscriber {
    private static final Logger LOG = LoggerFactory.getLogger(EventPost.class);

    private final LaneStore lanes;
    private final Map<String, List<String>> lanesOfTopic;
    private final Consumer<LaneHint> nudge;
    private final String node;
    private final Meters meters;

    /**
     * @param lanes must take whatever comes, however long a lane is: who has been told that something happened cannot be told that it has not
     * @param lanesOfTopic a lane is called as its receiver
     * @param nudge tells what lanes have got
     */
    EventPost(
            LaneStore lanes,
            Map<String, List<String>> lanesOfTopic,
            Consumer<LaneHint> nudge,
            String node,
            Meters meters) {
        this.lanes = lanes;
        this.lanesOfTopic = Map.copyOf(lanesOfTopic);
        this.nudge = nudge;
        this.node = node;
        this.meters = meters;
    }

    @Override
    public void accept(List<EventEnvelope> events) {
        SortedMap<String, List<CommandEnvelope>> byLane = new TreeMap<>();
        for (EventEnvelope event : events) {
            for (String lane : lanesOfTopic.getOrDefault(event.topic(), List.of())) {
                CommandEnvelope command = Heard.of(event, lane, node);
                String fault = EnvelopeCodec.faultOf(command);
                if (fault.isEmpty()) {
                    byLane.computeIfAbsent(lane, _ -> new ArrayList<>()).add(command);
                } else {
                    unfit(event, lane, fault);
                }
            }
        }
        byLane.forEach(this::append);
    }

    /** For ever: what cannot be a command is not told to this subscriber. */
    private void unfit(EventEnvelope event, String lane, String fault) {
        meters.count("events_refused", "subscriber", lane).one();
        LOG.atError()
                .addKeyValue("subscriber", lane)
                .addKeyValue("topic", event.topic())
                .addKeyValue("event", event.eventId())
                .log("the event cannot be told: {}", fault);
    }

    private void append(String lane, List<CommandEnvelope> commands) {
        for (int from = 0; from < commands.size(); from += CommandLimits.APPEND_COUNT_MAX) {
            List<CommandEnvelope> part =
                    commands.subList(from, Math.min(commands.size(), from + CommandLimits.APPEND_COUNT_MAX));
            try {
                switch (lanes.append(lane, part)) {
                    case LaneStore.Appended.Kept(List<LaneSegment> segments) -> nudge.accept(LaneHint.of(segments));
                    case LaneStore.Appended.Full full ->
                        throw new IllegalStateException("the lane " + lane + " is full with " + full.waitingCount()
                                + ", but events must not be refused");
                }
            } catch (LaneUnavailableException away) {
                throw new StoreUnavailableException(String.valueOf(away.getMessage()), away);
            }
        }
        meters.count("events_posted", "subscriber", lane).add(commands.size());
    }
}
