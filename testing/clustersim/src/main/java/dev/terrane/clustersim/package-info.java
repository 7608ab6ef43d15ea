/**
 * A whole cluster in one thread, by seed: the server's own roles, with all their threads and waits, over simulated time, links, log, store and players.
 *
 * <pre>
 *   Plan(seed) ─► ClusterRun ─► SimNodes (coordinators, sims, gateways) ◄─ Trouble (kills, pauses, cut ways, slow disks)
 *                      └─► Players          Witness, checkers: look from outside, throw a Violation
 * </pre>
 *
 * <p>What is real: {@code CoordinatorRole}, {@code NodeLife}, {@code SimRole}, {@code GatewayRole} and {@code ServiceRole} of {@code apps/server} and everything below. What is modelled: clocks and threads ({@code time}), links ({@code net}), the replicated log ({@code log}), the database
 * and the lane of the cells' commands ({@code store}). One JVM may run many, one at a time per thread. Start reading at {@link dev.terrane.clustersim.ClusterRun}.
 */
@NullMarked
package dev.terrane.clustersim;

import org.jspecify.annotations.NullMarked;
