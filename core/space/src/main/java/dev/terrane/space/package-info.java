/**
 * How a world's plane is cut: positions into regions, regions into chunks.
 *
 * <pre>
 *   world position (x, y) ──regionAt──► region + local offset ──ChunkGrid──► chunk
 * </pre>
 *
 * <p>Metres throughout. World coordinates are doubles, local offsets floats measured from the region's origin, so nothing loses
 * precision in a big world. All pure and immutable; any thread may use them. Start reading at {@link Partition}.
 */
@NullMarked
package dev.terrane.space;

import org.jspecify.annotations.NullMarked;
