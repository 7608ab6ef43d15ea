/** Reads what servers say of themselves at {@code /metrics}: a page in Prometheus' text format. Knows no server and no bench. */
@NullMarked
package dev.terrane.bench.load.metrics;

import org.jspecify.annotations.NullMarked;
