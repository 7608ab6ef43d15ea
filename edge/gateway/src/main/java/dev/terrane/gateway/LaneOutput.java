package dev.terrane.gateway;

import dev.terrane.base.WorldId;
import dev.terrane.command.CommandResult;
import dev.terrane.command.EventEnvelope;

/** What the command lane and the outbox tell a gateway. For a session that is gone it is dropped: results are kept, and told to the next one. */
public sealed interface LaneOutput {
    /**
     * What became of a command. May come twice.
     *
     * @param type of the command
     */
    record Result(long session, String requestId, String type, CommandResult result) implements LaneOutput {}

    /** Something that concerns one player. */
    record Event(long session, EventEnvelope event) implements LaneOutput {}

    /** Something that everybody in the world may know. */
    record Broadcast(WorldId world, EventEnvelope event) implements LaneOutput {}
}
