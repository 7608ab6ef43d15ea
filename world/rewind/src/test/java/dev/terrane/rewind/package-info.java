/** Tests of the past: alone here; in cells in testing/testkit, with shots in games/skirmish. */
@NullMarked
package dev.terrane.rewind;

import org.jspecify.annotations.NullMarked;
