package dev.terrane.fairplay;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;

/**
 * How long ago a player sees the others, as far as it can be believed. A connection has a delay that drifts slowly; a player who sees another past with each shot chooses the moment that suits him.
 *
 * <pre>
 *        claimed  ·    ·                 ·  far off: a lapse, until it is back
 *                    ·   ·  ·
 *   ────────────────────────────── delay + band ──────
 *   delay ───────────────────────  follows what is claimed, slowly
 *   ────────────────────────────── delay − band ──────
 * </pre>
 *
 * <p>A view within the band is believed as it is; beyond it, the edge of the band is.
 */
final class ViewPace {
    /** Either way: a packet's jitter, and that ticks are whole. */
    private static final double BAND_SECONDS = 0.1;
    /** A client changes its delay by 5 % of the time at most, and twice that is believed. */
    private static final double DRIFT_SHARE = 0.1;
    /** No jitter, but another connection, or a choice. */
    private static final double STRAY_SECONDS = 0.3;
    /** After it the player starts anew, as after a reconnect. */
    private static final double FORGOTTEN_SECONDS = 10;

    private final float bandTicks;
    private final float strayTicks;
    private final long forgottenTicks;

    private boolean known;
    private long lastTick;
    private float delayTicks;
    private final Lapses lapses;

    ViewPace(int simulationHz) {
        this.lapses = new Lapses(simulationHz);
        this.bandTicks = (float) Math.max(1.5, BAND_SECONDS * simulationHz);
        this.strayTicks = (float) Math.max(2 * bandTicks, STRAY_SECONDS * simulationHz);
        this.forgottenTicks = (long) (FORGOTTEN_SECONDS * simulationHz);
    }

    /** Whether it strays, and has done so too often. @param tick rising; @param claimedTicks 0 or more */
    boolean strays(long tick, float claimedTicks) {
        if (!known && claimedTicks == 0) {
            return false; // he does not say yet, and perhaps never will
        }
        if (!known || tick - lastTick > forgottenTicks) {
            known = true;
            delayTicks = claimedTicks;
        }
        float drift = (float) DRIFT_SHARE * (tick - lastTick);
        lastTick = tick;
        float off = claimedTicks - delayTicks;
        delayTicks += clamp(off, drift);
        return lapses.counts(tick, Math.abs(off) > (lapses.lapsed() ? bandTicks : strayTicks));
    }

    /** Of what was just claimed; never negative. */
    float believed(float claimedTicks) {
        if (!known) {
            return 0;
        }
        float nearest = Math.max(delayTicks - bandTicks, Math.min(delayTicks + bandTicks, claimedTicks));
        return Math.max(0, nearest);
    }

    private static float clamp(float value, float most) {
        return Math.max(-most, Math.min(most, value));
    }

    void write(ByteWriter out) {
        out.bool(known);
        out.varlong(lastTick);
        out.f32(delayTicks);
        lapses.write(out);
    }

    void read(ByteReader in) {
        known = in.bool();
        lastTick = in.varlong();
        delayTicks = in.f32();
        lapses.read(in);
    }
}
