/** The whole thing from outside: a real server process, real sockets, a real database, a real browser, real kills. */
package dev.terrane.system;
