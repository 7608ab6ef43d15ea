package dev.terrane.simulation;

import dev.terrane.base.CellId;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a road makes of what is put on it. Honest in every real run; tests break the protocols by others, to see which checker notices.
 *
 * <p>An empty list loses the message although its sender is told that it was taken; several are delivered in order.
 */
interface Tamper {
    Tamper HONEST = new Tamper() {};

    /** @param sender the cell that offers, or null for gateways and the steward */
    default List<CellInput> toCell(@Nullable CellId sender, CellId target, CellInput message) {
        return List.of(message);
    }

    default List<CellOutput> toGateway(@Nullable CellId sender, int gateway, CellOutput message) {
        return List.of(message);
    }

    /** Once a tick, before anybody else: for what a saboteur does by itself. */
    default void tick(Roads roads) {}
}
