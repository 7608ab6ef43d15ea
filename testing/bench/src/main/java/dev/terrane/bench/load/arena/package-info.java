/**
 * The games that the load benches play: loaded by the real server as any plugin is. Start reading at {@link dev.terrane.bench.load.arena.CrowdArena}.
 */
@NullMarked
package dev.terrane.bench.load.arena;

import org.jspecify.annotations.NullMarked;
