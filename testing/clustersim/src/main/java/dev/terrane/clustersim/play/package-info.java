/**
 * Players and the doors they come in by: connections that take their time and break, and the client's own code at their end.
 *
 * <p>Start reading at {@link dev.terrane.clustersim.play.Player}.
 */
@NullMarked
package dev.terrane.clustersim.play;

import org.jspecify.annotations.NullMarked;
