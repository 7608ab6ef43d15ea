/**
 * How fast the hot paths are, measured by JMH and never part of the tests. Results, with machine and commands, stand in
 * {@code docs/BENCHMARKS.md}. Start reading at {@link dev.terrane.bench.Benchmarks}.
 */
@NullMarked
package dev.terrane.bench;

import org.jspecify.annotations.NullMarked;
