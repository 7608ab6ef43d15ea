/**
 * Words between player and gateway: the FlatBuffers envelope, the schema in Welcome, slices and snapshots. The one room that knows FlatBuffers.
 *
 * <pre>
 *   cell     SliceWriter ──bodies──►  gateway  SliceState (mirror) ── SnapshotHead + SnapshotBody ──►  client
 *   client   ClientCodec.encode ──Envelope──►  gateway  ClientCodec.decodeFromClient
 *   client   MessageReader ─► SnapshotRecords ─► SliceState, SelfValues, EventValues
 * </pre>
 *
 * <p>docs/PROTOCOL.md describes every byte. Readers trust nobody: malformed bytes throw
 * {@link dev.terrane.bytes.MalformedBytesException}, with all counts and lengths checked before anything is allocated. No thread, no clock;
 * what keeps state has one owner. Start reading at {@link dev.terrane.protocol.client.ClientCodec} and
 * {@link dev.terrane.protocol.client.SliceState}. The package {@code generated} is client.fbs in Java: nobody else uses it.
 */
@NullMarked
package dev.terrane.protocol.client;

import org.jspecify.annotations.NullMarked;
