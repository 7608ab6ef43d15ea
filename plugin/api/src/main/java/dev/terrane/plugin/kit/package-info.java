/**
 * Components every game can use, and that the cell itself understands: where an entity is, which way it looks, who steers it, what it is
 * called (R6). They stand first in every world's schema, in the order of {@link dev.terrane.plugin.kit.Kit#COMPONENTS}.
 */
@NullMarked
package dev.terrane.plugin.kit;

import org.jspecify.annotations.NullMarked;
