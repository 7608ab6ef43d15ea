package dev.terrane.placement;

/**
 * The stated order in which a world that cannot keep up gets less, and gets it back (DESIGN principle 6).
 *
 * <pre>
 *   NORMAL ─► OPPORTUNISTIC ─► FAR_RINGS ─► SPLIT ─► DILATION 0.95 … floor      down: too busy for a while, or late
 *      ◄───────────┴───────────────┴──────────┴──────── ┘                       up: calm for longer
 * </pre>
 *
 * <p>The last rung has a factor: chosen so that the busiest worker gets {@link #TARGET_PERCENT} of the period to do, raised again as far as that holds. Under
 * sudden overload, when ticks are late, it goes down at once; otherwise rung by rung. One owner.
 */
public final class LoadLadder {
    /** What a slower time aims at: between calm and busy, so that it stays there. */
    private static final int TARGET_PERCENT = 75;

    /** The busiest worker is this many ticks late: nobody waits for rungs any more. */
    private static final double URGENT_TICKS = 2;

    /** Dilation changes in such steps; less is noise. */
    private static final double GRAIN = 0.05;

    /** Steps that a new dilation needs to show in the readings. */
    private static final int ECHO_STEPS = 5;

    private final LadderRules rules;
    private Posture posture;
    private int busySteps;
    private int calmSteps;
    private int echoSteps;

    public LoadLadder(LadderRules rules) {
        this(rules, Posture.NORMAL);
    }

    /** @param posture in which the world was found */
    public LoadLadder(LadderRules rules, Posture posture) {
        this.rules = rules;
        this.posture = posture;
    }

    public Posture posture() {
        return posture;
    }

    /** Whether there is slower time than this left. */
    public boolean mayDilate() {
        return posture.dilation() > rules.dilationFloor();
    }

    /**
     * One look, at a steady rate.
     *
     * @param busyPercent average round of the busiest worker, of the period as it is under the present dilation
     * @param behindTicks by how many periods the latest worker is late
     */
    public Posture step(int busyPercent, double behindTicks) {
        boolean late = behindTicks >= URGENT_TICKS;
        boolean busy = busyPercent > rules.busyPercent(); // late without it: a pause of the process, which is over
        busySteps = busy ? busySteps + 1 : 0;
        calmSteps = busyPercent < rules.calmPercent() && !late ? calmSteps + 1 : 0;
        if (echoSteps > 0) {
            echoSteps--;
        } else if (late && busy) {
            dilate(busyPercent);
        } else if (busySteps >= rules.busySteps()) {
            down(busyPercent);
        } else if (calmSteps >= rules.calmSteps()) {
            up(busyPercent);
        }
        return posture;
    }

    private void down(int busyPercent) {
        busySteps = 0;
        if (posture.rung().ordinal() < Rung.SPLIT.ordinal()) {
            posture = new Posture(Rung.values()[posture.rung().ordinal() + 1], 1);
        } else {
            dilate(busyPercent);
        }
    }

    private void dilate(int busyPercent) {
        busySteps = 0;
        Rung deepest = rules.dilationFloor() < 1 ? Rung.DILATION : Rung.SPLIT;
        set(deepest, Math.min(posture.dilation() - GRAIN, fitting(busyPercent)));
    }

    /** The dilation under which the present work would take the target's part of the period. */
    private double fitting(int busyPercent) {
        return posture.dilation() * TARGET_PERCENT / busyPercent;
    }

    private void up(int busyPercent) {
        calmSteps = 0;
        if (posture.rung() != Rung.DILATION) {
            posture = new Posture(Rung.values()[Math.max(0, posture.rung().ordinal() - 1)], 1);
            return;
        }
        // Less than twice at once: the readings lag behind.
        double faster = Math.min(Math.min(1, posture.dilation() * 2), fitting(Math.max(1, busyPercent)));
        set(faster >= 1 ? Rung.SPLIT : Rung.DILATION, Math.max(faster, posture.dilation()));
    }

    private void set(Rung rung, double dilation) {
        double onGrain = Math.floor(dilation / GRAIN + 1e-9) * GRAIN;
        double allowed = Math.max(rules.dilationFloor(), Math.min(1, onGrain));
        if (rung != posture.rung() || allowed != posture.dilation()) {
            posture = new Posture(rung, allowed);
            echoSteps = ECHO_STEPS;
        }
    }
}
