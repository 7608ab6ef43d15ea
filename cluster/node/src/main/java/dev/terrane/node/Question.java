package dev.terrane.node;

import dev.terrane.base.CharacterId;
import org.jspecify.annotations.Nullable;

/** What administrators want to know of a node, as a coordinator asks it. */
public sealed interface Question {
    /** What waits in its queues. @param empty name those, too, in which nothing does */
    record Depths(boolean empty) implements Question {}

    /** What became of an entity at this node, or of all that a character had. @param entity 0: only the character counts */
    record Life(long entity, @Nullable CharacterId character) implements Question {}

    /** Which sessions of this node's gateways are of that character, or have that number. @param session 0: only the character counts */
    record Who(long session, @Nullable CharacterId character) implements Question {}

    /** What was written down for a trace. @param after number of the last line that is known; 0: none */
    record Lines(String trace, long after) implements Question {}
}
