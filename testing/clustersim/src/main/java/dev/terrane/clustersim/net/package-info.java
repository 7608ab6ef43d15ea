/**
 * Links between simulated nodes, as real ones are: in order while they last; when one is lost, so is what is underway on it. Ways can be cut, one by one, and messages watched.
 *
 * <p>Start reading at {@link dev.terrane.clustersim.net.SimNet}.
 */
@NullMarked
package dev.terrane.clustersim.net;

import org.jspecify.annotations.NullMarked;
