@NullMarked
package dev.terrane.server.lanes;

import org.jspecify.annotations.NullMarked;
