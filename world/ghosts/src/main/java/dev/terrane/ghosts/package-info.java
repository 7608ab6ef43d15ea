/** What cells see of each other's entities. */
@NullMarked
package dev.terrane.ghosts;

import org.jspecify.annotations.NullMarked;
