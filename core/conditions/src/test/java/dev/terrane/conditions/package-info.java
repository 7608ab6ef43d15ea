@NullMarked
package dev.terrane.conditions;

import org.jspecify.annotations.NullMarked;
