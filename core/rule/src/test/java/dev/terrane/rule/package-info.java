@NullMarked
package dev.terrane.rule;

import org.jspecify.annotations.NullMarked;
