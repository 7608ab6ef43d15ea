/**
 * The flight recorder: what a cell consumed, as a row of frames, and the way back to a fight that is carried out again tick by tick.
 *
 * <pre>
 *   tick ─► CellRecorder ─bounded─► writer thread ─► RecordingWriter ─► bytes (a ring on disk, or a file to give away)
 *   bytes ─► RecordingReader ─► Replay: base, then ticks ─► same, or the first divergence
 * </pre>
 *
 * <p>Pure: no files here, those are behind {@code durable/ring}. A {@link CellRecorder} is called by its cell's tick and emptied by one other thread; all
 * else belongs to one thread. Start reading at {@link RecordingFormat}.
 */
@NullMarked
package dev.terrane.recorder;

import org.jspecify.annotations.NullMarked;
