package dev.terrane.command;

import java.util.List;

/**
 * What a consumer makes durable at once: it has come so far, with these results.
 *
 * @param number one more than that of the settlement before; tells the store that it has this one already
 * @param cursor offset of the first command that is neither settled, parked nor dead
 * @param answers results, those of dead commands among them
 * @param parked newly parked commands, and parked ones that were tried once more
 * @param unparked offsets of parked commands that are settled or dead
 * @param dead for the dead letters
 */
public record Settlement(
        long number,
        long cursor,
        List<CommandAnswer> answers,
        List<ParkedCommand> parked,
        List<Long> unparked,
        List<Death> dead) {

    /**
     * A command that is given up.
     *
     * @param attemptCount how often it was tried
     * @param why the last fault
     */
    public record Death(CommandEnvelope command, int attemptCount, String why) {}
}
