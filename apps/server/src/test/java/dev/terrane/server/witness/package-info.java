@NullMarked
package dev.terrane.server.witness;

import org.jspecify.annotations.NullMarked;
