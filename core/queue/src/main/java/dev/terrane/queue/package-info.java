/**
 * Bounded mailboxes between threads: many write, one reads. The one room that knows JCTools.
 *
 * <p>An inbox has a named limit and says {@code false} when full; what then happens is the caller's stated policy. Messages of one
 * writer keep their order; between writers there is none.
 */
@NullMarked
package dev.terrane.queue;

import org.jspecify.annotations.NullMarked;
