/**
 * What is kept of a cell so that it can start again: the port to the store, and nothing of any database.
 *
 * <p>Called by store threads, never from a tick. Start reading at {@link CheckpointStore}.
 */
@NullMarked
package dev.terrane.checkpoint;

import org.jspecify.annotations.NullMarked;
