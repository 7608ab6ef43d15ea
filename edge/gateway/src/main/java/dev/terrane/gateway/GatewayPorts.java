package dev.terrane.gateway;

import dev.terrane.base.Meters;
import dev.terrane.protocol.cluster.CellPort;
import java.util.function.LongSupplier;

/**
 * A gateway's ways out. All are called on its thread, so none may block.
 *
 * @param sessionIds numbers that are unique for ever and hard to guess: 64 random bits of a secure source
 */
public record GatewayPorts(
        CellPort cells, Admissions admissions, GatewayListener listener, Meters meters, LongSupplier sessionIds) {}
