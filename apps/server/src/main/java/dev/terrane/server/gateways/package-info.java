/**
 * The gateways of a node whose cells are on other nodes: everything that a process needs to be nothing but a gateway.
 *
 * <pre>
 *   clients ◄─► HttpDoor ◄─► Gateway ──► RemoteCells ──► NodePost ──► sims     the map says whose each cell is
 *                              ▲  └─► CharacterAdmissions ─► RemoteClaims ─► leading coordinator
 *                              └── GatewayHub ◄── GatewayRole ◄── what sims say · MapCrier ◄── the map, links
 * </pre>
 *
 * Nothing says that what was offered has arrived: gateways are told when a cell goes on elsewhere and when a way was cut, and offer again. Begin at {@code GatewayRole}.
 */
@NullMarked
package dev.terrane.server.gateways;

import org.jspecify.annotations.NullMarked;
