@NullMarked
package dev.terrane.bench.load.bots;

import org.jspecify.annotations.NullMarked;
