package dev.terrane.gateway;

/**
 * Where a session is in its life.
 *
 * <pre>
 *                  Hello            Admitted           Joined
 *   AWAIT_HELLO ──────────► ADMITTING ──────► JOINING ─────────► PLAYING ──┐ Moved, frames
 *        │                     ▲  └ ◄ in transit ┘               │  ▲   ◄──┘
 *        │                     │                        CellUp,  ▼  │ Joined
 *        │                     │                        silence  REJOINING (admitted and joined again, unseen by the client)
 *        └──────────── any error, deadline or lost connection ─────► CLOSED
 * </pre>
 *
 * <table>
 *   <caption>What a message does</caption>
 *   <tr><th>in</th><th>Hello</th><th>ClientInput</th><th>GameMessage</th><th>Command</th><th>Ping</th></tr>
 *   <tr><td>AWAIT_HELLO</td><td>ADMITTING</td><td>HELLO_EXPECTED</td><td>HELLO_EXPECTED</td><td>HELLO_EXPECTED</td><td>HELLO_EXPECTED</td></tr>
 *   <tr><td>ADMITTING, JOINING</td><td>UNKNOWN_MESSAGE</td><td>INVALID_INPUT</td><td>refused, not fatal</td><td>refused, not fatal</td><td>Pong</td></tr>
 *   <tr><td>PLAYING</td><td>UNKNOWN_MESSAGE</td><td>to the cell</td><td>to the cell</td><td>to the lane</td><td>Pong</td></tr>
 *   <tr><td>REJOINING</td><td>UNKNOWN_MESSAGE</td><td>kept, the oldest dropped</td><td>refused, not fatal</td><td>to the lane</td><td>Pong</td></tr>
 * </table>
 */
enum SessionState {
    /** Connected; has to say Hello in time. */
    AWAIT_HELLO,
    /** The server is asked who this is and where its avatar lives. */
    ADMITTING,
    /** A cell is asked to let it in. */
    JOINING,
    /** Welcomed; its avatar lives in a cell and frames come. */
    PLAYING,
    /** Welcomed, but its cell was lost; inputs are kept for the new one. */
    REJOINING,
    /** Over. Nothing is read or sent. */
    CLOSED
}
