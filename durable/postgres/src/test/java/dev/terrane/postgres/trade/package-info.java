@NullMarked
package dev.terrane.postgres.trade;

import org.jspecify.annotations.NullMarked;
