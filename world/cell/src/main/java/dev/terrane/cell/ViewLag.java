package dev.terrane.cell;

/**
 * What a client says of the moment that it showed, made into how long ago that was, within bounds: clients can say anything, and who
 * claims to see the past shoots at it. How much of it is believed depends on what he has claimed before, see {@link dev.terrane.fairplay.PlayerConduct#view}.
 */
final class ViewLag {
    /** Clients name the moment by its last bits only: a float of all of them would have no room for the fraction after some days. */
    private static final int TICKS_TOLD = 1 << 16;

    private final int maxTicks;
    private final CellMeters meters;

    ViewLag(int maxTicks, CellMeters meters) {
        this.maxTicks = maxTicks;
        this.meters = meters;
    }

    /** 0 for who says nothing, as clients that draw nothing do, or what cannot be (the future, no number, none of the last bits): then he sees now. */
    float of(long tick, float viewTick) {
        if (viewTick == 0) {
            return 0;
        }
        boolean told = viewTick > 0 && viewTick < TICKS_TOLD;
        double lag = told ? Math.IEEEremainder(tick - (double) viewTick, TICKS_TOLD) : Double.NaN;
        if (!(lag >= 0)) {
            meters.viewsOfTheFuture.one();
            lag = 0;
        } else if (lag > maxTicks) {
            meters.viewsTooOld.one();
            lag = maxTicks;
        }
        meters.viewLag.record((long) (lag * 1000));
        return (float) lag;
    }
}
