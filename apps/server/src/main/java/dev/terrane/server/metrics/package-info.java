/** The meters' door: the one room that knows Micrometer. Any thread may use it. */
@NullMarked
package dev.terrane.server.metrics;

import org.jspecify.annotations.NullMarked;
