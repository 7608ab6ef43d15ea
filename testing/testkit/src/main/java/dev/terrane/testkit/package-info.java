/**
 * A world in one thread that only moves when the test cranks it: for tests of plugins, and of the cell itself.
 *
 * <pre>
 *   HandCrankedWorld.of(MyPlugin::new, partition, seed) ─ join("Ada") ─ player.input(…) ─ tick(20) ─ entities(Position.class)
 * </pre>
 *
 * <p>Real cells, hand-offs and images; only the loops, sockets and stores are missing. One thread. Start reading at
 * {@link dev.terrane.testkit.HandCrankedWorld}.
 */
@NullMarked
package dev.terrane.testkit;

import org.jspecify.annotations.NullMarked;
