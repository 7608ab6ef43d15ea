package dev.terrane.server.recorder;

import dev.terrane.base.Meters;

/** How the recorder does, all cells together. */
final class RecorderMeters {
    final Meters.Count writtenBytes;
    /** Ticks and bases that found no room in the hand-over. */
    final Meters.Count lost;
    /** How often the recording of a cell ended or paused because its ring could not be written. */
    final Meters.Count stopped;

    RecorderMeters(Meters meters) {
        this.writtenBytes = meters.count("recorder_written_bytes");
        this.lost = meters.count("recorder_lost");
        this.stopped = meters.count("recorder_stopped_cells");
    }
}
