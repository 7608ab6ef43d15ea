package dev.terrane.cell;

import dev.terrane.base.Meters;
import dev.terrane.protocol.cluster.CellPort;
import dev.terrane.protocol.cluster.GatewayPort;
import java.util.function.LongSupplier;

/**
 * A cell's ways out. All are called within its tick, so none may block.
 *
 * @param stopwatchNanos read for metrics only, never for decisions
 * @param taps asked once, when the cell starts
 */
public record CellPorts(
        CellPort cells,
        GatewayPort gateways,
        CellListener listener,
        Meters meters,
        LongSupplier stopwatchNanos,
        CellTaps taps) {
    /** Of a cell that nobody records. */
    public CellPorts(
            CellPort cells, GatewayPort gateways, CellListener listener, Meters meters, LongSupplier stopwatchNanos) {
        this(cells, gateways, listener, meters, stopwatchNanos, CellTaps.none());
    }
}
