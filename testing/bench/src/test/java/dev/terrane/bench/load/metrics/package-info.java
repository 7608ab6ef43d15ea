@NullMarked
package dev.terrane.bench.load.metrics;

import org.jspecify.annotations.NullMarked;
