/**
 * The database, in memory: what it refuses it refuses as the real one does; it can be slow, away, and lose its answer after it has done what it was asked.
 *
 * <p>Start reading at {@link dev.terrane.clustersim.store.SimStore}; nodes reach it by a {@link dev.terrane.clustersim.store.StoreDoor}.
 */
@NullMarked
package dev.terrane.clustersim.store;

import org.jspecify.annotations.NullMarked;
