/** Tests of the game's rules as functions; the whole game runs in the system tests. */
@NullMarked
package dev.terrane.games.skirmish;

import org.jspecify.annotations.NullMarked;
