package dev.terrane.simulation;

import dev.terrane.base.CellId;
import dev.terrane.cell.CellImage;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellOutput;

/** Hears what passes between the parts of a simulated world. Changes nothing. */
interface Witness {
    /** @param sender the cell that offers, or null for gateways and the steward */
    default void offered(
            @org.jspecify.annotations.Nullable CellId sender, CellId target, CellInput message, Admission answer) {}

    /** @param taken whether the gateway's inbox had room */
    default void told(CellId sender, int gateway, CellOutput message, boolean taken) {}

    default void opened(CellId cell, long epoch) {}

    default void died(CellId cell, long epoch) {}

    /** The layer is over: everybody has left it. */
    default void closed(CellId cell, long epoch) {}

    /** The cell took an image at the end of the tick it is in. */
    default void imageTaken(CellImage image) {}

    default void imageStored(CellImage image) {}
}
