/** Finds the games: on the class path by name, or as modules of the configuration (R11, R12). */
@NullMarked
package dev.terrane.server.plugins;

import org.jspecify.annotations.NullMarked;
