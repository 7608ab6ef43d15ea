package dev.terrane.games.skirmish.chat;

import dev.terrane.ecs.Component;

/**
 * How much somebody may say. It goes with the avatar from cell to cell.
 *
 * @param lines that may be said at once, as of {@code tick}; up to {@link #LINES_MAX}
 * @param told that lines come too fast: he is not told again
 */
@Component("chat.voice")
public record Voice(float lines, long tick, boolean told) {
    static final int LINES_MAX = 4;
    /** After so long one more line may be said. */
    static final float LINE_SECONDS = 2;

    /** Of somebody who has not spoken yet. */
    public static Voice fresh(long tick) {
        return new Voice(LINES_MAX, tick, false);
    }

    Voice at(long now, float tickSeconds) {
        float rested = (now - tick) * tickSeconds / LINE_SECONDS;
        return new Voice(Math.min(LINES_MAX, lines + rested), now, told);
    }

    boolean mayTalk() {
        return lines >= 1;
    }

    Voice used() {
        return new Voice(lines - 1, tick, false);
    }

    Voice warned() {
        return new Voice(lines, tick, true);
    }
}
