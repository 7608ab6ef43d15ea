/**
 * A whole world in one thread under simulated time, from a seed: real cells, gateways and client views; only clocks, sockets, stores and players are made up.
 *
 * <pre>
 *   seed ─► Plan ─► Simulation ─ each tick, in an order of the seed's choice ─► clients · gateways · cells
 *                      │ faults on, then quiet                                       │ messages, states
 *                      ▼                                                             ▼
 *                   RunReport ◄────────────────────────── Checkers ◄─────────────────┘
 * </pre>
 *
 * <p>One thread, no clock, no chance but the seed's. What a checker finds is a {@link dev.terrane.simulation.Violation}, which names the one command that repeats it. Start
 * reading at {@link dev.terrane.simulation.Simulation}; docs/TESTING.md tells the rest.
 */
@NullMarked
package dev.terrane.simulation;

import org.jspecify.annotations.NullMarked;
