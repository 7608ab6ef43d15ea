/**
 * Messages between nodes on real links, and to the own node.
 *
 * <pre>
 *   tell ─► NodeMessageCodec ─► lane, parts if it is long ─► Links ═TLS═► Links ─► WireEars ─► NodeHearer
 *     └──── to the own node: OwnPost ───────────────────────────────────────────────────────────┘
 * </pre>
 *
 * <p>Any thread tells and flushes; the links' own thread calls the hearer, one message after the other. Every queue is bounded, see {@link dev.terrane.server.wire.WireSettings}. What a peer says wrong is
 * counted, logged once a minute and dropped. Start reading at {@link dev.terrane.server.wire.Wire}.
 */
@NullMarked
package dev.terrane.server.wire;

import org.jspecify.annotations.NullMarked;
