package dev.terrane.server.edge;

import dev.terrane.base.CellId;
import dev.terrane.gateway.AdmissionAnswer;
import dev.terrane.plugin.WorldPosition;

/** Where somebody who asks to be let in belongs. */
sealed interface Placement {
    Placement NOT_YET = new NotYet();

    /**
     * Where its avatar lives, or is to enter.
     *
     * @param avatar that lives; 0: none does
     * @param ticket of the claim that was made for it, if one was
     */
    record Entry(CellId cell, long avatar, WorldPosition entrance, long ticket) implements Placement {}

    /** Nowhere. */
    record Refused(AdmissionAnswer.Reason reason) implements Placement {}

    /** Somebody's mistake. */
    record Failed(RuntimeException bug) implements Placement {}

    /** Its avatar is on its way into a cell: ask again a little later. */
    record NotYet() implements Placement {}
}
