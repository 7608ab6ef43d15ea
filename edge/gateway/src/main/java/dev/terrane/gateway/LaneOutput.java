package dev.terrane.gateway;

import dev.terrane.base.WorldId;
import dev.terrane.command.CommandResult;
import dev.terrane.command.EventEnvelope;
import java.util.List;

/** What the command lane and the outbox tell a gateway. For a session that is gone it is dropped: results are kept, and told to the next one. */
public sealed interface LaneOutput {
    /**
     * What became of a command. May come twice.
     *
     * @param type of the command
     */
    record Result(long session, String requestId, String type, CommandResult result) implements LaneOutput {}

    /** What concerns one player: one event as it happens, or those that his client may have missed. May come twice. */
    record Events(long session, List<EventEnvelope> events) implements LaneOutput {
        public Events {
            events = List.copyOf(events);
        }
    }

    /** Something that everybody in the world may know. */
    record Broadcast(WorldId world, EventEnvelope event) implements LaneOutput {}
}
