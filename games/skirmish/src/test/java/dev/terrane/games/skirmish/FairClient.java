package dev.terrane.games.skirmish;

import dev.terrane.base.Rng;
import dev.terrane.conditions.LinkConditions;
import dev.terrane.conditions.LinkModel;
import dev.terrane.protocol.client.ClientCodec;
import dev.terrane.protocol.client.ClientMessage.ClientInput;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * A fair client at the end of a bad link, as docs/NETCODE.md says that clients are: others are shown so late as snapshots need, which changes by speed, inputs name the tick that they should be in time for, and a player
 * who changes his mind and pulls the trigger as fingers do. Its clock is right, and it keeps a reserve of 40 ms whatever the link does, so that on a bad one many inputs come too late.
 */
final class FairClient {
    private static final long MILLI = 1_000_000;
    private static final long TICK_NANOS = 50 * MILLI;
    private static final long RESERVE_NANOS = 40 * MILLI;
    private static final int INPUT_BYTES = 60;
    private static final int SNAPSHOT_BYTES = 2000;

    private record Sent(long arrivesNanos, byte[] bytes) {}

    private record News(long arrivesNanos, long serverNanos) {}

    private final LinkConditions conditions;
    private final boolean predicts;
    private final Rng fingers;
    private final Deque<Sent> up = new ArrayDeque<>();
    private final Deque<News> down = new ArrayDeque<>();
    private final Shown shown = new Shown();
    private LinkModel there;
    private LinkModel back;
    private long connectionCount;
    private long nextInputNanos;
    private float moveX;
    private float moveY;
    private int held;

    /** @param predicts names ticks in its inputs; whoever does not is applied in turn */
    FairClient(LinkConditions conditions, boolean predicts, long luck, long nowNanos) {
        this.conditions = conditions;
        this.predicts = predicts;
        this.fingers = new Rng(luck);
        this.nextInputNanos = nowNanos + fingers.nextInt(5) * 10 * MILLI;
        this.connectionCount = luck * 1000;
        this.there = new LinkModel(conditions, 2 * connectionCount, nowNanos);
        this.back = new LinkModel(conditions, 2 * connectionCount + 1, nowNanos);
    }

    /** What was on its way is lost. */
    void reconnects(long nowNanos) {
        up.clear();
        down.clear();
        shown.reset();
        connectionCount++;
        there = new LinkModel(conditions, 2 * connectionCount, nowNanos);
        back = new LinkModel(conditions, 2 * connectionCount + 1, nowNanos);
    }

    /** The gateway sends it what is true of now. */
    void snapshot(long nowNanos) {
        down.add(new News(back.arrivalNanos(nowNanos, SNAPSHOT_BYTES), nowNanos));
    }

    /** @param tickZeroNanos when tick 0 was; @param aim of the player; @return whether an input was sent, with the number {@code seq} */
    boolean step(int seq, DoubleSupplier aim, long tickZeroNanos, long nowNanos) {
        while (!down.isEmpty() && down.peek().arrivesNanos() <= nowNanos) {
            shown.snapshot(down.remove().serverNanos(), nowNanos);
        }
        if (nextInputNanos > nowNanos) {
            return false;
        }
        nextInputNanos += TICK_NANOS;
        if (fingers.chance(0.03f)) {
            moveX = fingers.nextFloat(-1, 1);
            moveY = fingers.nextFloat(-1, 1);
            held = fingers.nextInt(8);
        }
        long arrivesNanos = nowNanos + conditions.rttMillis() * MILLI / 2 + RESERVE_NANOS;
        int tick = predicts ? (int) Math.ceilDiv(arrivesNanos - tickZeroNanos, TICK_NANOS) : 0;
        double view = shown.atNanos(nowNanos);
        double shownTick = Double.isNaN(view) ? 0 : (view - tickZeroNanos) / TICK_NANOS + (predicts ? 1 : 0);
        int pressed = fingers.chance(0.2f) ? Buttons.FIRE : 0;
        byte[] bytes = ClientCodec.encode(new ClientInput(
                seq,
                tick,
                (float) Math.max(0, shownTick),
                moveX,
                moveY,
                (float) aim.getAsDouble(),
                held | pressed,
                pressed));
        up.add(new Sent(there.arrivalNanos(nowNanos, INPUT_BYTES), bytes));
        return true;
    }

    /** What has come through by now. */
    void deliver(long nowNanos, Consumer<byte[]> gateway) {
        while (!up.isEmpty() && up.peek().arrivesNanos() <= nowNanos) {
            gateway.accept(up.remove().bytes());
        }
    }

    /** Which moment of the past is shown: playback.ts of the TypeScript SDK, in nanoseconds. */
    private static final class Shown {
        private static final double DELAY_MIN = 100e6;
        private static final double DELAY_MAX = 200e6;
        private static final double RESERVE = 10e6;
        private static final double SHRINK = 0.01;
        private static final double SPEED_CHANGE_MAX = 0.05;
        private static final double JUMP = 500e6;

        private final Deque<Double> offsets = new ArrayDeque<>();
        private double arrivalOffset = Double.NaN;
        private double wanted = DELAY_MIN;
        private double newest = Double.NaN;
        private double heardAt;
        private double shown = Double.NaN;
        private double shownAt;
        private boolean fresh;

        void reset() {
            offsets.clear();
            newest = Double.NaN;
        }

        void snapshot(double server, double now) {
            double offset = server - now;
            if (server < newest - JUMP || offset > arrivalOffset + JUMP) {
                reset();
            }
            offsets.add(offset);
            if (offsets.size() > 200) {
                offsets.remove();
            }
            arrivalOffset = offsets.stream().mapToDouble(each -> each).max().orElseThrow();
            if (Double.isNaN(newest)) {
                fresh = true;
                newest = server;
            } else {
                double needed = now + arrivalOffset - newest + RESERVE;
                double shrunk = wanted - (now - heardAt) * SHRINK;
                wanted = Math.min(DELAY_MAX, Math.max(DELAY_MIN, Math.max(needed, shrunk)));
            }
            newest = Math.max(newest, server);
            heardAt = now;
        }

        /** Not a number before the first snapshot. */
        double atNanos(double now) {
            double goal = now + arrivalOffset - wanted;
            double elapsed = Math.max(0, now - shownAt);
            double away = goal - shown - elapsed;
            if (Double.isNaN(away) || away > JUMP || (fresh && away < -JUMP)) {
                shown = goal;
            } else if (away >= -JUMP) {
                double change = SPEED_CHANGE_MAX * elapsed;
                shown += elapsed + Math.clamp(away, -change, change);
            }
            shownAt = Math.max(shownAt, now);
            fresh = false;
            return shown;
        }
    }
}
