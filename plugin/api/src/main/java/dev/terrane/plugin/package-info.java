/**
 * What a game may use: the whole of Terrane that a plugin sees.
 *
 * <pre>
 *   WorldPlugin.components() → Schema        once per world
 *   WorldPlugin.configure(WorldContext)      once per cell: systems by stage, what to do when someone joins, what an empty region holds
 *   CellSystem.run(CellContext)              each tick, on the cell's writer
 *   JobPlugin.configure(JobContext)          once per server: jobs, and what follows from events; on threads that may wait
 * </pre>
 *
 * <p>Everything but jobs runs inside a cell's tick: no I/O, no locks, no clock, no other randomness than the cell's. A plugin keeps its state in
 * components; fields of a plugin object are lost when a cell moves or restarts. Start reading at {@link WorldPlugin}.
 */
@NullMarked
package dev.terrane.plugin;

import org.jspecify.annotations.NullMarked;
