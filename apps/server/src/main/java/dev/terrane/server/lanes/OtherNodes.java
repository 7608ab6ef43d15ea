package dev.terrane.server.lanes;

import dev.terrane.command.CommandAnswer;
import dev.terrane.command.EventEnvelope;
import dev.terrane.command.LaneHint;
import java.util.List;

/** How other nodes hear of what happens in the lanes of this one. What is said may be lost: everything is in the store. Any thread; must not block. */
public interface OtherNodes {
    /** Something is durable, for whoever consumes it. */
    void appended(LaneHint hint);

    /** Results for players, wherever they are. */
    void published(List<CommandAnswer> answers);

    /** What players may hear of. */
    void happened(List<EventEnvelope> events);
}
