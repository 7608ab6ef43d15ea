package dev.terrane.rewind;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;

/**
 * A history as bytes: track by track what may still be asked for. Two histories that answer alike, now and later, have the same bytes.
 *
 * <p>{@code varlong now · varuint tracks}, for each {@code i64 id}, 0 for a free one, else {@code varuint last · varuint cut · varuint places}, for each
 * {@code varuint ticks since the one before · 2 + same place} and, unless it is the same, {@code f32 x · f32 y · f32 yaw}; then the free tracks. {@code last} counts ticks from the
 * oldest kept, {@code cut} likewise from 1; 0: none.
 */
final class HistoryFormat {
    private HistoryFormat() {}

    static void write(long now, Tracks tracks, Frames frames, HistoryLimits limits, ByteWriter out) {
        long oldest = now - limits.historyTicks();
        out.varlong(now);
        out.varuint(tracks.limit);
        for (int track = 0; track < tracks.limit; track++) {
            out.i64(tracks.ids[track]);
            if (tracks.ids[track] != 0) {
                out.varuint((int) (tracks.lastTicks[track] - oldest));
                long cut = tracks.cutTicks[track];
                out.varuint(cut <= oldest ? 0 : (int) (cut - oldest));
                places(track, frames, oldest, now + HistoryLimits.AHEAD_TICKS, out);
            }
        }
        out.varuint(tracks.freeCount);
        for (int i = 0; i < tracks.freeCount; i++) {
            out.varuint(tracks.free[i]);
        }
    }

    private static void places(int track, Frames frames, long oldest, long newest, ByteWriter out) {
        int count = 0;
        for (long tick = oldest; tick <= newest; tick++) {
            count += frames.has(tick, track) ? 1 : 0;
        }
        out.varuint(count);
        long before = oldest;
        int former = -1;
        for (long tick = oldest; tick <= newest; tick++) {
            if (!frames.has(tick, track)) {
                continue;
            }
            int at = frames.at(tick);
            boolean same = former >= 0
                    && same(frames.x[at][track], frames.x[former][track])
                    && same(frames.y[at][track], frames.y[former][track])
                    && same(frames.yaw[at][track], frames.yaw[former][track]);
            out.varuint((int) (tick - before) << 1 | (same ? 1 : 0));
            if (!same) {
                out.f32(frames.x[at][track]);
                out.f32(frames.y[at][track]);
                out.f32(frames.yaw[at][track]);
            }
            before = tick;
            former = at;
        }
    }

    private static boolean same(float one, float other) {
        return Float.floatToRawIntBits(one) == Float.floatToRawIntBits(other);
    }

    /** Returns the tick that it is of. */
    static long read(Tracks tracks, Frames frames, HistoryLimits limits, ByteReader in) {
        frames.clear();
        long now = in.varlong();
        long oldest = now - limits.historyTicks();
        int trackCount = in.count(8);
        if (trackCount > History.TRACK_COUNT_MAX) {
            throw in.malformed(trackCount + " tracks, but the limit is " + History.TRACK_COUNT_MAX);
        }
        tracks.reserve(trackCount);
        frames.reserve(trackCount);
        tracks.limit = trackCount;
        int takenCount = 0;
        for (int track = 0; track < trackCount; track++) {
            tracks.ids[track] = in.i64();
            if (tracks.ids[track] != 0) {
                takenCount++;
                tracks.lastTicks[track] = oldest + ticks(frames, in);
                int cut = ticks(frames, in);
                tracks.cutTicks[track] = cut == 0 ? Tracks.NEVER : oldest + cut;
                readPlaces(track, frames, oldest, in);
            }
        }
        tracks.freeCount = in.count(1);
        if (tracks.freeCount != trackCount - takenCount || !tracks.index()) {
            throw in.malformed(tracks.freeCount + " free tracks beside " + takenCount + " of " + trackCount
                    + ", or somebody has two");
        }
        for (int i = 0; i < tracks.freeCount; i++) {
            int track = in.varuint();
            if (track < 0 || track >= trackCount || tracks.ids[track] != 0) {
                throw in.malformed("track " + track + " is not free");
            }
            tracks.free[i] = track;
        }
        return now;
    }

    private static void readPlaces(int track, Frames frames, long oldest, ByteReader in) {
        long tick = oldest;
        float x = 0;
        float y = 0;
        float yaw = 0;
        for (int rest = in.count(1); rest > 0; rest--) {
            int head = in.varuint();
            tick += head >>> 1;
            if (tick - oldest >= frames.count) {
                throw in.malformed("a place " + (tick - oldest) + " ticks after the oldest of " + frames.count);
            }
            if ((head & 1) == 0) {
                x = in.f32();
                y = in.f32();
                yaw = in.f32();
            }
            frames.put(tick, track, x, y, yaw);
        }
    }

    private static int ticks(Frames frames, ByteReader in) {
        int ticks = in.varuint();
        if (ticks < 0 || ticks >= frames.count) {
            throw in.malformed(ticks + " ticks after the oldest of " + frames.count);
        }
        return ticks;
    }
}
