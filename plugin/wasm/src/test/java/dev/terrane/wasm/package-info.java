@NullMarked
package dev.terrane.wasm;

import org.jspecify.annotations.NullMarked;
