/** Tests of the cell by whole small worlds: what only shows when several cells, players and crashes meet. */
@NullMarked
package dev.terrane.testkit;

import org.jspecify.annotations.NullMarked;
