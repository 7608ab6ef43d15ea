/**
 * What durability costs a tick, and how soon a dead cell plays again, measured against a real database.
 *
 * <p>Start reading at {@link dev.terrane.bench.load.recovery.RecoveryTrial}.
 */
@NullMarked
package dev.terrane.bench.load.recovery;

import org.jspecify.annotations.NullMarked;
