package dev.terrane.sdk;

import dev.terrane.base.RegionId;
import java.util.ArrayDeque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks for an input for each tick, as long before the tick as the way to the server takes, and shows at once what it will do. The TypeScript client has the same
 * machine, and both give the golden answers; docs/NETCODE.md explains it.
 *
 * <p>Has no clock and no thread: whoever owns it calls {@link #pump} when {@link #dueMillis} have passed. Not thread-safe.
 */
final class Steering {
    /** How much faster or slower than the server's ticks the own avatar lives while it is not where it should be: after the server's time changed its speed. */
    private static final double SPEED_CHANGE_MAX = 0.25;
    /** Farther behind than this, it jumps: inputs would be late for long. */
    private static final double BEHIND_MILLIS_MAX = 250;
    /** Farther ahead than this, it jumps back. Where the server slows down much, it is ahead by much, and does no harm. */
    private static final double AHEAD_MILLIS_MAX = 2_000;

    /** Inputs that are kept for a rule that comes later. */
    private static final int KEPT_INPUTS_MAX = 64;

    private record Sent(int tick, Input input) {}

    private final Helm helm;
    private final Lead lead = new Lead();
    private final ArrayDeque<Sent> kept = new ArrayDeque<>(KEPT_INPUTS_MAX + 1);
    private @Nullable Predictor predictor;
    private @Nullable Supplier<Input> reader;
    private double shownTick;
    private double shownAtMillis;
    private int sentTick;
    private boolean settled;

    Steering(Helm helm) {
        this.helm = helm;
    }

    /** @param newReader what the player wants now; called once a tick */
    void start(Supplier<Input> newReader) {
        reader = newReader;
        pump();
    }

    void stop() {
        reader = null;
    }

    boolean steered() {
        return reader != null;
    }

    boolean predicting() {
        return predictor != null;
    }

    double reserveMillis() {
        return lead.reserveMillis();
    }

    /** @param newPredictor null: nothing is predicted */
    void predictBy(@Nullable Predictor newPredictor) {
        predictor = newPredictor;
        if (newPredictor != null) {
            kept.forEach(sent ->
                    newPredictor.advance(sent.tick, sent.input)); // the server has not answered the last of them
        }
    }

    /** The connection is a new one: what is known of the old one's ways is void. */
    void reset() {
        predictor = null;
        settled = false;
        sentTick = 0;
        kept.clear();
    }

    /** @return what had to be corrected; null: nothing */
    @Nullable
    Correction snapshot(int tick, AvatarState told, RegionId region) {
        double now = helm.nowMillis();
        Predictor current = predictor;
        return current == null ? null : current.reconcile(tick, told, region, drawnTick(), now);
    }

    void margin(double millis) {
        lead.margin(millis, helm.roundTripMillis(), helm.nowMillis());
    }

    /** Where the own avatar is drawn now; null while nothing is predicted. */
    @Nullable
    Sample sample() {
        pump();
        Predictor current = predictor;
        return current == null ? null : current.sample(drawnTick(), helm.nowMillis());
    }

    /** The tick, with its fraction, as of which the own avatar is drawn. */
    double drawnTick() {
        return tick(helm.nowMillis()) - 1;
    }

    /** Null while nothing is predicted. */
    @Nullable
    Predictor predictor() {
        return predictor;
    }

    /** Until the next tick begins. */
    double dueMillis() {
        double tick = tick(helm.nowMillis());
        return (Math.floor(tick) + 1 - tick) * helm.tickMillis();
    }

    /** An input for the tick that has begun. Those that were slept through pass with what was held. */
    void pump() {
        int tick = (int) Math.floor(tick(helm.nowMillis()));
        Supplier<Input> asked = reader;
        if (asked == null || !settled || tick <= sentTick) {
            return;
        }
        int before = sentTick;
        sentTick = tick; // who aims asks where the own avatar is, and that must not ask him again
        Input input = asked.get().asSent();
        if (!helm.send(tick, input)) {
            sentTick = before;
            return;
        }
        kept.add(new Sent(tick, input));
        if (kept.size() > KEPT_INPUTS_MAX) {
            kept.remove();
        }
        if (predictor != null) {
            predictor.advance(tick, input);
        }
        helm.steered(tick, input);
    }

    /** The tick for which to act now: the one before it is what is drawn when it begins. */
    private double tick(double nowMillis) {
        double roundTripMillis = helm.roundTripMillis();
        double arrivedMillis = helm.arrivedMillis(nowMillis);
        if (!Double.isFinite(arrivedMillis + roundTripMillis)) {
            return shownTick;
        }
        if (!settled) {
            lead.reset(helm.jitterMillis());
            settled = true;
            shownTick = Double.NaN;
        }
        double goal = helm.tickAt(lead.serverTimeMillis(arrivedMillis, roundTripMillis, nowMillis));
        double tickMillis = helm.tickMillis();
        double passed = Math.max(0, nowMillis - shownAtMillis) / tickMillis;
        double away = goal - shownTick - passed;
        if (away * tickMillis >= -AHEAD_MILLIS_MAX && away * tickMillis <= BEHIND_MILLIS_MAX) {
            shownTick += passed + Math.min(SPEED_CHANGE_MAX * passed, Math.max(-SPEED_CHANGE_MAX * passed, away));
        } else {
            shownTick = goal;
        }
        shownAtMillis = Math.max(shownAtMillis, nowMillis);
        return shownTick;
    }
}
