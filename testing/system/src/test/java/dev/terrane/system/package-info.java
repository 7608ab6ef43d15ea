/** The whole thing from outside: a real server process, real sockets, a real database, a real browser, real kills. */
@NullMarked
package dev.terrane.system;

import org.jspecify.annotations.NullMarked;
