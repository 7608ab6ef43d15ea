/**
 * What the load benches ask of the operating system: cores to pin to, CPU time and memory of processes, child processes. Linux only: {@code /proc} and
 * {@code taskset}.
 */
@NullMarked
package dev.terrane.bench.load.os;

import org.jspecify.annotations.NullMarked;
