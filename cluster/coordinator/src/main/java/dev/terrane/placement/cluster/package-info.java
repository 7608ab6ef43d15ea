/**
 * Which node owns which cell, and which keeps its warm copy: a pure plan over one look at the whole cluster.
 *
 * <pre>
 *                              ┌─ Assignments: cells without owner
 *   ClusterView ─► ClusterPlan ┼─ Moves:       pins, drained nodes, nodes without headroom  ─► ClusterDecision
 *                              ├─ Standbys:    never beside the owner, a loss is carried
 *                              └─ NodesDesired
 * </pre>
 *
 * <p>No clock, no threads, no I/O, no memory: the same view gives the same decision, in whatever order its lists are. Time is the view's step. Placement on the
 * workers of one node is the package above. docs/PLACEMENT.md tells the rules to people who run a cluster. Start reading at {@link ClusterPlan}.
 */
@NullMarked
package dev.terrane.placement.cluster;

import org.jspecify.annotations.NullMarked;
