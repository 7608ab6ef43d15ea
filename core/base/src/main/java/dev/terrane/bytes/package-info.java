/**
 * Reading and writing bytes by hand: the compact formats inside slices, checkpoints and hand-offs.
 *
 * <p>Little-endian; variable-length integers are LEB128, signed ones in zigzag. A reader trusts nobody: it throws
 * {@link dev.terrane.bytes.MalformedBytesException} instead of reading past its limit. Neither is thread-safe.
 */
@NullMarked
package dev.terrane.bytes;

import org.jspecify.annotations.NullMarked;
