/**
 * Words between player and gateway: the FlatBuffers envelope, the schema in Welcome, slices and frames. The one room that knows FlatBuffers.
 *
 * <p>docs/PROTOCOL.md describes every byte. Readers trust nobody: malformed bytes throw
 * {@link dev.terrane.bytes.MalformedBytesException}, with all counts and lengths checked before anything is allocated.
 */
@NullMarked
package dev.terrane.protocol.client;

import org.jspecify.annotations.NullMarked;
