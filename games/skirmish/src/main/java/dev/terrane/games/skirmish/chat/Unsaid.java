package dev.terrane.games.skirmish.chat;

import dev.terrane.ecs.Component;
import dev.terrane.ecs.Replicated;

/**
 * Event for a speaker alone: nobody has heard him. Of lines that came too fast only the first is answered, until one is said again.
 *
 * @param why one of the constants
 */
@Component("chat.unsaid")
public record Unsaid(@Replicated int why) {
    /** More than {@link Voice#LINES_MAX} at once, or one each {@link Voice#LINE_SECONDS}. */
    static final int TOO_FAST = 1;
    /** Longer than {@link ChatText#BYTES_MAX}, or no text. */
    static final int NO_LINE = 2;
}
