/**
 * The front door: one port for the page, WebSockets and REST, and one for messages over plain TCP, if it is wanted. The one room that knows Vert.x and Netty.
 *
 * <pre>
 *   browser ──ws──► accept ► origin ► limits ► token ► upgrade ──► SocketLink ⇄ Gateway     loop i, gateway i
 *   client  ──tcp─► limits ► TLS ► Hello's token ─────────────► SocketLink ⇄ Gateway     the same loops
 *           ──http► address ► rate ► route ► RestPorts / StaticSite                         any loop
 * </pre>
 *
 * <p><b>Threads.</b> One event loop per gateway; a connection stays on the loop that accepted it, and that loop alone calls its gateway. Other
 * threads only wake a loop. Whatever may block (metrics text, readiness, certificate files) runs on the worker pool.
 * <b>Limits</b> are in {@link dev.terrane.http.HttpServerSettings}. <b>Errors</b>: a WebSocket is told by an Error envelope and close code 4000 + its
 * number, TCP by the Error alone, REST by {@code {error_code, reason, retry_after?}}; neither tokens nor query strings are ever logged.
 * Start reading at {@link dev.terrane.http.HttpDoor}.
 */
@NullMarked
package dev.terrane.http;

import org.jspecify.annotations.NullMarked;
