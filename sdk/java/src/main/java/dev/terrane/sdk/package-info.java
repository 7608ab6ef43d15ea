/**
 * The client as a library: connect to a world, see what is around the avatar, steer it.
 *
 * <pre>
 *   TerraneClient ── Connection (token, line, Hello, reconnect) ── Transport (WebSocket, TCP, TLS) ──► server
 *        │               └── messages ──► View (slices ► entities) ──► ClientListener
 *        ├── steer (Steersman ► OwnAvatar ► Steering: Lead, Predictor by the world's rule)
 *        └── input, message, command (CommandBook) ──► Line
 * </pre>
 *
 * <p>Callbacks of one client come one at a time, on threads of the HTTP client, or on a virtual one of a TCP connection; sending is safe from any thread and never waits.
 * What comes from the server is not trusted: when it makes no sense, the connection is made anew. Start reading at
 * {@link dev.terrane.sdk.TerraneClient}.
 */
@NullMarked
package dev.terrane.sdk;

import org.jspecify.annotations.NullMarked;
