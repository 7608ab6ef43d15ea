/**
 * client.fbs in Java: the tables of the envelope, as accessors to the bytes they came in. Made by {@code npm run generate}; nobody edits it, and nobody but
 * {@link dev.terrane.protocol.client} uses it.
 *
 * <p>No thread, no clock, no checks: who reads bytes of a stranger checks them first ({@code FlatTable}). Accessors answer null for a field that is
 * not there, and the generator does not say so: hence not null-marked.
 */
@NullUnmarked
package dev.terrane.protocol.client.generated;

import org.jspecify.annotations.NullUnmarked;
