@NullMarked
package dev.terrane.bench.load.os;

import org.jspecify.annotations.NullMarked;
