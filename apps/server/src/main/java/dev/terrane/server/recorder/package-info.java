/**
 * The flight recorder's wiring: between cells that tick, a thread that writes, and the rings on disk; and the way back for {@code terrane replay}.
 *
 * <p>Cells hand over on their workers and never wait; one thread writes for all of them. Errors of the disk end the recording of a cell, with a line in the log
 * and in the metrics, never its play. Start reading at {@link FlightRecorder}.
 */
@NullMarked
package dev.terrane.server.recorder;

import org.jspecify.annotations.NullMarked;
