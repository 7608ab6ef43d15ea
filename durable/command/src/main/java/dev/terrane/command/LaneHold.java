package dev.terrane.command;

import java.util.List;

/**
 * A lease just taken, and where its predecessor came to.
 *
 * @param settledNumber of the last {@link Settlement}, 0 before the first
 * @param cursor offset of the first command that is neither settled nor parked
 * @param parked in the order of their offsets
 */
public record LaneHold(LaneLease lease, long settledNumber, long cursor, List<ParkedCommand> parked) {}
