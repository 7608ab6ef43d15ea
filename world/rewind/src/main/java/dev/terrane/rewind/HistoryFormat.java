package dev.terrane.rewind;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;

/**
 * A history as bytes: seat by seat what may still be asked for. Two histories that answer alike, now and later, have the same bytes.
 *
 * <p>{@code varlong now · varuint seats}, for each {@code i64 id}, 0 for a free one, else {@code varuint last · varuint cut · varuint places}, for each
 * {@code varuint ticks since the one before · 2 + same place} and, unless it is the same, {@code f32 x · f32 y · f32 yaw}; then the free seats. {@code last} counts ticks from the
 * oldest kept, {@code cut} likewise from 1; 0: none.
 */
final class HistoryFormat {
    private HistoryFormat() {}

    static void write(long now, Seats seats, Frames frames, HistoryLimits limits, ByteWriter out) {
        long oldest = now - limits.historyTicks();
        out.varlong(now);
        out.varuint(seats.limit);
        for (int seat = 0; seat < seats.limit; seat++) {
            out.i64(seats.ids[seat]);
            if (seats.ids[seat] != 0) {
                out.varuint((int) (seats.lastTicks[seat] - oldest));
                long cut = seats.cutTicks[seat];
                out.varuint(cut <= oldest ? 0 : (int) (cut - oldest));
                places(seat, frames, oldest, now + HistoryLimits.AHEAD_TICKS, out);
            }
        }
        out.varuint(seats.freeCount);
        for (int i = 0; i < seats.freeCount; i++) {
            out.varuint(seats.free[i]);
        }
    }

    private static void places(int seat, Frames frames, long oldest, long newest, ByteWriter out) {
        int count = 0;
        for (long tick = oldest; tick <= newest; tick++) {
            count += frames.has(tick, seat) ? 1 : 0;
        }
        out.varuint(count);
        long before = oldest;
        int former = -1;
        for (long tick = oldest; tick <= newest; tick++) {
            if (!frames.has(tick, seat)) {
                continue;
            }
            int at = frames.at(tick);
            boolean same = former >= 0
                    && same(frames.x[at][seat], frames.x[former][seat])
                    && same(frames.y[at][seat], frames.y[former][seat])
                    && same(frames.yaw[at][seat], frames.yaw[former][seat]);
            out.varuint((int) (tick - before) << 1 | (same ? 1 : 0));
            if (!same) {
                out.f32(frames.x[at][seat]);
                out.f32(frames.y[at][seat]);
                out.f32(frames.yaw[at][seat]);
            }
            before = tick;
            former = at;
        }
    }

    private static boolean same(float one, float other) {
        return Float.floatToRawIntBits(one) == Float.floatToRawIntBits(other);
    }

    /** Returns the tick that it is of. */
    static long read(Seats seats, Frames frames, HistoryLimits limits, ByteReader in) {
        frames.clear();
        long now = in.varlong();
        long oldest = now - limits.historyTicks();
        int seatCount = in.count(8);
        if (seatCount > History.SEAT_COUNT_MAX) {
            throw in.malformed(seatCount + " seats, but the limit is " + History.SEAT_COUNT_MAX);
        }
        seats.reserve(seatCount);
        frames.reserve(seatCount);
        seats.limit = seatCount;
        int takenCount = 0;
        for (int seat = 0; seat < seatCount; seat++) {
            seats.ids[seat] = in.i64();
            if (seats.ids[seat] != 0) {
                takenCount++;
                seats.lastTicks[seat] = oldest + ticks(frames, in);
                int cut = ticks(frames, in);
                seats.cutTicks[seat] = cut == 0 ? Seats.NEVER : oldest + cut;
                readPlaces(seat, frames, oldest, in);
            }
        }
        seats.freeCount = in.count(1);
        if (seats.freeCount != seatCount - takenCount || !seats.index()) {
            throw in.malformed(seats.freeCount + " free seats beside " + takenCount + " of " + seatCount
                    + ", or somebody has two");
        }
        for (int i = 0; i < seats.freeCount; i++) {
            int seat = in.varuint();
            if (seat < 0 || seat >= seatCount || seats.ids[seat] != 0) {
                throw in.malformed("seat " + seat + " is not free");
            }
            seats.free[i] = seat;
        }
        return now;
    }

    private static void readPlaces(int seat, Frames frames, long oldest, ByteReader in) {
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
            frames.put(tick, seat, x, y, yaw);
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
