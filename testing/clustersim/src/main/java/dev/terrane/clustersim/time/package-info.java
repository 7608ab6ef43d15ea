/**
 * Simulated time: one thread at a time, in an order drawn from a seed.
 *
 * <pre>
 *   Conductor ─event─► code of a Host, or a strand of it until that waits ─► Conductor ─► …
 *   nobody has anything to do now: the clock jumps to whoever is next
 * </pre>
 *
 * <p>{@link dev.terrane.clustersim.time.Conductor} has the events, a {@link dev.terrane.clustersim.time.Host} is one life of a machine, {@link dev.terrane.clustersim.time.SimThreads} what it runs on.
 */
@NullMarked
package dev.terrane.clustersim.time;

import org.jspecify.annotations.NullMarked;
