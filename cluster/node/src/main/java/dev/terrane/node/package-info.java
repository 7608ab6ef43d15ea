/**
 * What nodes of a cluster say to each other, and what a node makes of the cluster's map.
 *
 * <pre>
 *   coordinators ──ClusterMap, Lease──► MapFollower ──► Change: start, promote, stop, follow, stream, a peer goes on …
 *        ▲ Beat, Loads, Propose, Claim
 *   sims ◄──ToCell, StandbyPiece──► sims      sims ──ToGateway──► gateways ──ToCell──► sims
 * </pre>
 *
 * <p>Pure: no sockets here, see cluster/link. Nothing is promised across connections: whatever has to arrive is numbered by who says it. Start reading at {@link NodeMessage}.
 */
@NullMarked
package dev.terrane.node;

import org.jspecify.annotations.NullMarked;
