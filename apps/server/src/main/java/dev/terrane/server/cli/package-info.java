/** The command line: one class per command, exit codes that mean something. The one room that knows picocli. */
@NullMarked
package dev.terrane.server.cli;

import org.jspecify.annotations.NullMarked;
