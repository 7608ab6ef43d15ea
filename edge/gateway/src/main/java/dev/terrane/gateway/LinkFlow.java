package dev.terrane.gateway;

/**
 * How well one client takes what it is sent.
 *
 * <pre>
 *   flows ── more is queued than the door's limit ─► clogged: snapshots are skipped ── flows again ─► reduced: half the budgets ── calm ─► whole
 *                                                        └── for too long ─► SLOW_CLIENT
 * </pre>
 *
 * Memory comes first (the queue up to the door's limit), then fidelity, then the connection.
 */
final class LinkFlow {
    /** An eighth of the budgets still tells what is nearest. */
    private static final int HALVINGS_MAX = 3;
    /** Snapshots without a clog until budgets double again. */
    private static final int CALM_COUNT = 20;

    private static final long FLOWS = Long.MAX_VALUE;

    private long cloggedSinceNanos = FLOWS;
    private int halvings;
    private int calmCount;
    private boolean halvedNow;

    /** Asked once per snapshot: whether this one is skipped. */
    boolean clogged(ClientLink link, long nowNanos) {
        if (!link.congested()) {
            cloggedSinceNanos = FLOWS;
            return false;
        }
        halvedNow = cloggedSinceNanos == FLOWS && halvings < HALVINGS_MAX;
        if (cloggedSinceNanos == FLOWS) {
            cloggedSinceNanos = nowNanos;
            halvings = Math.min(HALVINGS_MAX, halvings + 1);
            calmCount = 0;
        }
        return true;
    }

    /** The clog that was found just now took half of the budgets. */
    boolean halved() {
        return halvedNow;
    }

    long cloggedNanos(long nowNanos) {
        return cloggedSinceNanos == FLOWS ? 0 : nowNanos - cloggedSinceNanos;
    }

    /** A snapshot went out. */
    void served() {
        if (halvings > 0 && ++calmCount >= CALM_COUNT) {
            calmCount = 0;
            halvings--;
        }
    }

    boolean reduced() {
        return halvings > 0;
    }

    int reduce(int budget) {
        return Math.max(1, budget >> halvings);
    }
}
