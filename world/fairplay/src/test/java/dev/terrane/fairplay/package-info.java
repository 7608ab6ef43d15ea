@NullMarked
package dev.terrane.fairplay;

import org.jspecify.annotations.NullMarked;
