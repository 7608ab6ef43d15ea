/** Tests of the cell's parts. Whole cells are tested by terrane-testkit, which is built from this room. */
@NullMarked
package dev.terrane.cell;

import org.jspecify.annotations.NullMarked;
