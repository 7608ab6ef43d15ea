/**
 * What two nodes say on the connection between them: greeting, lanes, order, limits. Machines without sockets; the doors are in
 * {@code dev.terrane.link.door}.
 *
 * <pre>
 *   offer ─► lane queue ─┐ flush            ┌─► received(lane, bytes)
 *   offer ─► lane queue ─┴─► take ~~~~~~~► receive ─► frames ─► numbers checked
 *             one LinkMachine per connection, one PairBook per node
 * </pre>
 *
 * <p>Offering and flushing may be done by any thread and never waits; everything else belongs to the one thread that drives the
 * connections. Time is passed in. Bytes that are not as they should be end a connection with a reason and never anything else.
 * docs/LINKS.md has the layout of frames and what is promised; start reading at {@link LinkMachine}.
 */
@NullMarked
package dev.terrane.link;

import org.jspecify.annotations.NullMarked;
