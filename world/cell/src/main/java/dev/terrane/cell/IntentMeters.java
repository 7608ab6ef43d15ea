package dev.terrane.cell;

import dev.terrane.base.CellId;
import dev.terrane.base.Meters;

/** What became of a cell's intents. */
final class IntentMeters {
    final Meters.Count sent;
    /** Sent once more, because no answer came. */
    final Meters.Count repeated;

    final Meters.Count carriedOut;
    final Meters.Count passedOn;
    /** Taken before, behind a gap, or of a sender that is no more. */
    final Meters.Count duplicate;
    /** Its target lives nowhere that is known here. */
    final Meters.Count targetGone;
    /** Its target's cell was restarted before it said that it has it. */
    final Meters.Count lostWithTarget;
    /** Passed on too often. */
    final Meters.Count outrun;
    /** {@code intend} said no: the way is full. */
    final Meters.Count refused;
    /** Another cell's batch has to wait: too much is to be done here already. */
    final Meters.Count heldBack;

    IntentMeters(Meters meters, CellId cell) {
        String name = cell.toString();
        sent = meters.count("cell_intents_sent", "cell", name);
        repeated = meters.count("cell_intents_repeated", "cell", name);
        carriedOut = meters.count("cell_intents_carried_out", "cell", name);
        passedOn = meters.count("cell_intents_passed_on", "cell", name);
        duplicate = meters.count("cell_intents_dropped", "cell", name, "policy", "duplicate");
        targetGone = meters.count("cell_intents_dropped", "cell", name, "policy", "target_gone");
        lostWithTarget = meters.count("cell_intents_dropped", "cell", name, "policy", "target_restarted");
        outrun = meters.count("cell_intents_dropped", "cell", name, "policy", "outrun");
        refused = meters.count("cell_intents_refused", "cell", name, "policy", "refuse");
        heldBack = meters.count("cell_intents_held_back", "cell", name, "policy", "retry");
    }
}
