package dev.terrane.protocol.cluster;

import dev.terrane.command.CommandEnvelope;

/**
 * A durable command for a cell.
 *
 * @param ticket of the delivery that it is a part of, for whoever waits for its outcome
 * @param index its place there
 * @param payload decoded from the envelope's
 */
public record CellCommand(long ticket, int index, CommandEnvelope envelope, Record payload) {}
