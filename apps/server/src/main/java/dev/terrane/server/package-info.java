/**
 * The server: joins ports and doors, and is the only one that reads the configuration.
 *
 * <pre>
 *   cli ─► Server.start(config) ─► embedded Postgres ─► world (cells, workers) ─► door (page, sockets, REST)
 * </pre>
 *
 * <p>Start reading at {@link dev.terrane.server.Server}.
 */
@NullMarked
package dev.terrane.server;

import org.jspecify.annotations.NullMarked;
