package dev.terrane.rewind;

import dev.terrane.bytes.ByteWriter;

/** A {@link History} as it was, in memory of its own that is used again. One thread at a time. */
public final class HistoryCopy {
    private final HistoryLimits limits;
    private final Tracks tracks = new Tracks();
    private final Frames frames;
    private long now;

    HistoryCopy(HistoryLimits limits) {
        this.limits = limits;
        this.frames = new Frames(limits.frameCount());
    }

    void take(History history) {
        now = history.now();
        history.tracks.copy(tracks);
        history.frames.copy(tracks.limit, frames);
    }

    public void write(ByteWriter out) {
        HistoryFormat.write(now, tracks, frames, limits, out);
    }
}
