@NullMarked
package dev.terrane.bench.load.cluster;

import org.jspecify.annotations.NullMarked;
