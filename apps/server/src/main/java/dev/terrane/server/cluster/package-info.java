/**
 * A process as one node of a cluster: any mix of coordinator, sim, gateway and service.
 *
 * <pre>
 *   Wire ─► NodeLife (beats, leases, the map, what it asks of coordinators)
 *              └─ map ─► SimRole: ClusterWorld    mail of other nodes ─► cells      cells ─► Elsewhere ─► Wire
 * </pre>
 *
 * <p>Start reading at {@link dev.terrane.server.cluster.ClusterNode}.
 */
@NullMarked
package dev.terrane.server.cluster;

import org.jspecify.annotations.NullMarked;
