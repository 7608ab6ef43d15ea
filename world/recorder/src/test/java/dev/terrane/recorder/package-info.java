@NullMarked
package dev.terrane.recorder;

import org.jspecify.annotations.NullMarked;
