/**
 * Words between cells, gateways and the steward: messages as immutable Java records while all live in one process. {@link CellInputCodec} and {@link
 * CellOutputCodec} make bytes of them, for the flight recorder today and for links between nodes.
 *
 * <pre>
 *   gateway ── CellInput ──► cell ── CellOutput ──► gateway
 *              cell ── CellInput (hand-off) ──► cell
 * </pre>
 *
 * <p>Arrays inside a message belong to the receiver from the moment it was accepted. Start reading at {@link CellInput} and {@link CellFrame}.
 */
@NullMarked
package dev.terrane.protocol.cluster;

import org.jspecify.annotations.NullMarked;
