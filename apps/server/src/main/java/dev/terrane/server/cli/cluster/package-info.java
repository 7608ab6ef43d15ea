/**
 * A cluster of real processes on this machine: started, watched, hurt and ended.
 *
 * <pre>
 *   terrane cluster up ─► LocalCluster ─► database, then a process per node, each with a guard that ends it when we are gone
 *                             │ cluster.json (mode 600)            ▲ start NODE
 *   other commands ◄──────────┘ ─► signals to pids, ControlDoor ───┘     CoordinatorCalls, AdminCalls ─► REST of a coordinator
 * </pre>
 *
 * <p>The thread that opens the cluster and the one that closes it take turns; the door has a thread of its own. Nothing of it is used on machines of their own, where something else starts the nodes. Start
 * reading at {@link dev.terrane.server.cli.cluster.LocalCluster}.
 */
@NullMarked
package dev.terrane.server.cli.cluster;

import org.jspecify.annotations.NullMarked;
