/** Joins gateways to the door above and to world and stores below. */
@NullMarked
package dev.terrane.server.edge;

import org.jspecify.annotations.NullMarked;
