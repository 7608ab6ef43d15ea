/**
 * Where each character's avatar lives: soft state beside the steward, rebuilt from what the cells report.
 *
 * <pre>
 *   join ──claim──► Located: go there │ Spawning: ask again │ Yours: spawn it, nobody else will
 *   cells ──arrived, leftTowards, gone──► Directory
 * </pre>
 *
 * <p>Thread-safe, in memory, never waits. Start reading at {@link Directory}.
 */
@NullMarked
package dev.terrane.directory;

import org.jspecify.annotations.NullMarked;
