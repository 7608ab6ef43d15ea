/**
 * What cells see of each other's entities: read-only copies, by subscription, never by broadcast.
 *
 * <pre>
 *   subscriber: need ──GhostSubscribe(chunks, ids)──► publisher: first push, then what changed, once a tick
 *               ghosts ◄──────────GhostBatch(stream, seq)──────────┘
 * </pre>
 *
 * <p>A batch is a row of records, each beginning with {@code varuint number · 8 + kind}; the number is the publisher's for the entity until it leaves:
 * 0 changed: {@code varulong fields · their values}; 1 entered (or told again): {@code i64 id · varuint ownership · varulong components · all values};
 * 2 left: {@code u8 reason} (0 gone for good, 1 no longer wanted); 3 handed over: {@code cell}; 4 elsewhere, an entity asked for by id:
 * {@code i64 id · cell}. A cell is {@code varint a · varint b · u8 layer}. Values are exact: float 4 bytes, int varint, long varlong, boolean a byte, text
 * length and UTF-8. Positions are local to the publisher's region; the subscriber shifts them.
 *
 * <p>Pure machines, called from one cell's tick. <b>Time</b> is the tick number. <b>Errors:</b> what does not fit the row (a gap, another epoch, broken bytes) is
 * healed by a new stream; a source that is silent for a TTL loses its ghosts. <b>Limits:</b> {@link dev.terrane.ghosts.GhostLimits}. Start reading at
 * {@link dev.terrane.ghosts.GhostSubscriber} and {@link dev.terrane.ghosts.GhostPublisher}.
 */
@NullMarked
package dev.terrane.ghosts;

import org.jspecify.annotations.NullMarked;
