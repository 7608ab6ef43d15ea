/**
 * The game of the simulated cluster: nothing but what can be counted. Walkers roam over all borders and never die; avatars write down each input they are given.
 *
 * <p>Start reading at {@link dev.terrane.clustersim.game.Roam}.
 */
@NullMarked
package dev.terrane.clustersim.game;

import org.jspecify.annotations.NullMarked;
