@NullMarked
package dev.terrane.standby;

import org.jspecify.annotations.NullMarked;
