/**
 * Hostile bytes: what arrives from a network is bent in every way before it is read.
 *
 * <pre>
 *   golden frames ──Mutator(seed, case)──► decoder ──► a message, or MalformedBytesException; nothing else, and little memory
 * </pre>
 *
 * <p>A red run prints the one command that repeats it. Start reading at {@link dev.terrane.fuzz.WireFuzz}.
 */
@NullMarked
package dev.terrane.fuzz;

import org.jspecify.annotations.NullMarked;
