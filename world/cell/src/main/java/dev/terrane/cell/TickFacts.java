package dev.terrane.cell;

import dev.terrane.base.CellId;
import dev.terrane.command.CommandType;
import dev.terrane.plugin.CommandOutcome;
import dev.terrane.protocol.cluster.CellCommand;
import java.util.List;

/**
 * What a tick wants to be durable before anybody hears of it. Immutable. Make it durable as one, or not at all; then offer
 * {@link dev.terrane.protocol.cluster.CellInput.FactsStored}.
 *
 * @param epoch of the owner
 * @param facts entities that must survive, in the cell's own format; empty when there are none
 * @param carriedOut commands with their outcomes, in order
 * @param sent what the cell asks of others
 * @param published what others are to know
 */
public record TickFacts(
        CellId cell,
        long epoch,
        long tick,
        long schemaFingerprint,
        byte[] facts,
        List<CarriedOut> carriedOut,
        List<Sent> sent,
        List<Published> published) {

    /** The same in the name of a later owner, who has gone on from where this one was. */
    TickFacts under(long nextEpoch) {
        return new TickFacts(cell, nextEpoch, tick, schemaFingerprint, facts, carriedOut, sent, published);
    }

    /** What of this a restart reads. */
    public CellFacts journal() {
        return new CellFacts(cell, epoch, tick, schemaFingerprint, facts);
    }

    /** Under which name the cells of a world ask others: whichever of them it is, the world asks. */
    public static String clientId(CellId cell) {
        return "cell:" + cell.world().name();
    }

    /** A command and what became of it. */
    public record CarriedOut(CellCommand command, CommandOutcome outcome) {}

    /**
     * A command of the cell's own.
     *
     * @param key by the type's rule
     * @param requestId names the occasion: the same again is the same wish
     */
    public record Sent(CommandType<?> type, String key, String requestId, Record payload) {}

    /** An event. @param number counts those of one tick from 0: (cell, epoch, tick, number) names it for ever */
    public record Published(String topic, String key, Record payload, int number) {}
}
