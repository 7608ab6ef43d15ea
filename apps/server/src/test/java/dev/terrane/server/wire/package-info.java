@NullMarked
package dev.terrane.server.wire;

import org.jspecify.annotations.NullMarked;
