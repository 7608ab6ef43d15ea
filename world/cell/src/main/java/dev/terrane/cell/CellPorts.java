package dev.terrane.cell;

import dev.terrane.base.Meters;
import dev.terrane.protocol.cluster.CellPort;
import dev.terrane.protocol.cluster.GatewayPort;
import java.util.function.LongSupplier;

/**
 * A cell's ways out. All are called within its tick, so none may block.
 *
 * @param stopwatchNanos read for metrics only, never for decisions
 */
public record CellPorts(
        CellPort cells, GatewayPort gateways, CellListener listener, Meters meters, LongSupplier stopwatchNanos) {}
