@NullMarked
package dev.terrane.games.skirmish.hex;

import org.jspecify.annotations.NullMarked;
