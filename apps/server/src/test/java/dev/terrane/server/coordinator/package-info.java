@NullMarked
package dev.terrane.server.coordinator;

import org.jspecify.annotations.NullMarked;
