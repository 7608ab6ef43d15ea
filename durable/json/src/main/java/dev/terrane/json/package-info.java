/**
 * The door to Jackson: JSON payloads as records and back.
 *
 * <pre>
 *   bytes ──tokens──► Shape of the record ──its constructor──► record      one pass, no tree, no reflection per payload
 * </pre>
 *
 * <p>Strict on purpose: what a client sent is either exactly what the type says or refused with the path of the field. Any thread may use it; it never blocks. Start
 * reading at {@link dev.terrane.json.JsonPayloads}.
 */
@NullMarked
package dev.terrane.json;

import org.jspecify.annotations.NullMarked;
