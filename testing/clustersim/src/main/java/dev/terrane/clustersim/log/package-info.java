/**
 * The coordinators' replicated log, modelled: what a Raft cluster shows to the outside when its members die, stand still or are cut off from each other.
 *
 * <p>Start reading at {@link dev.terrane.clustersim.log.LogModel}.
 */
@NullMarked
package dev.terrane.clustersim.log;

import org.jspecify.annotations.NullMarked;
