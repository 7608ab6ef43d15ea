package dev.terrane.sdk;

import dev.terrane.base.RegionId;
import dev.terrane.space.Partition;
import org.jspecify.annotations.Nullable;

/**
 * Runs the world's movement rule on the own avatar, ahead of the server, and puts it right when the server knows better. The TypeScript client has the same
 * machine, and both give the golden answers; docs/NETCODE.md explains it.
 *
 * <pre>
 *   told by the server         predicted from there
 *   ────────●─────────────┬───────┬───────┬───────┬───────►  ticks
 *           T             T+1     T+2     T+3     last
 *                         └ the inputs of these, once more, whenever T is not what had been predicted
 * </pre>
 *
 * <p>A difference is not shown as a jump: what is drawn keeps its place, and slides to where it belongs. Not thread-safe.
 */
final class Predictor {
    /** Ticks that are kept: 3 s at 20 a second. The avatar stands still when the server has been silent for longer. */
    private static final int FRAME_COUNT = 64;
    /** What is farther off was no error of prediction: the avatar was put elsewhere. */
    private static final double TELEPORT_METRES = 20;
    /** An error that is shown falls to a third in so much time. */
    private static final double EASE_MILLIS = 100;
    /** Below this nobody would call it a correction. */
    private static final double CORRECTION_METRES_MIN = 0.01;

    private static final double TURN = 2 * Math.PI;
    private static final float[] NOTHING = {};

    private final AvatarRule rule;
    private final Partition partition;
    private final Obstacles obstacles;
    private final float seconds;
    private final int x;
    private final int y;
    private final int z;
    private final int yaw;
    private final @Nullable Frame[] frames = new Frame[FRAME_COUNT];
    private @Nullable AvatarState base;
    private int baseTick;
    /** One tick before {@link #base}, from the same origin: where the server is near, what is drawn is not as far as what it has told. */
    private @Nullable AvatarState earlier;

    private @Nullable RegionId region;
    private int lastTick;
    private Input lastInput = Input.NONE;
    private float[] solidsNear = NOTHING;
    private Sample offset = new Sample(0, 0, 0, 0, false);
    private double offsetAtMillis;

    /** The own avatar after one tick, as far as the client can know. */
    /** @param state after it; null before the server has said anything */
    private record Frame(int tick, Input input, @Nullable AvatarState state) {}

    /** What is in the way. */
    interface Obstacles {
        /** Nothing ever is. */
        Obstacles NONE = (_, _, _) -> NOTHING;

        /** @return x, y and radius of each that is near the place, from the origin of the region */
        float[] near(RegionId region, double x, double y);
    }

    Predictor(AvatarRule rule, Partition partition, int simulationHz, Obstacles obstacles) {
        this.rule = rule;
        this.partition = partition;
        this.obstacles = obstacles;
        this.seconds = (float) (1.0 / simulationHz);
        this.x = rule.indexOf("kit.position", "x");
        this.y = rule.indexOf("kit.position", "y");
        this.z = rule.indexOf("kit.position", "z");
        this.yaw = rule.indexOf("kit.heading", "yaw");
    }

    /** One more tick, with this input. Ticks that were left out since the last one pass with what was held in it. */
    void advance(int tick, Input input) {
        if (tick <= lastTick || (base != null && tick - baseTick >= FRAME_COUNT)) {
            return;
        }
        for (int each = Math.max(lastTick + 1, tick - FRAME_COUNT); each < tick; each++) {
            step(each, lastInput.stillHeld());
        }
        step(tick, input);
        lastInput = input;
        lastTick = tick;
    }

    /**
     * The server tells what the avatar was after {@code tick}.
     *
     * @param shownTick the moment that is drawn now: there the difference is measured
     * @return what had to be corrected; null: nothing
     */
    @Nullable
    Correction reconcile(int tick, AvatarState told, RegionId toldRegion, double shownTick, double nowMillis) {
        boolean crossed = !toldRegion.equals(region);
        AvatarState predicted = stateAt(tick);
        boolean right = !crossed && predicted != null && rule.same(predicted, told);
        Sample before = base == null ? null : sample(shownTick, nowMillis);
        boolean replayable = lastTick - tick < FRAME_COUNT;
        earlier = leadingTo(told, tick, toldRegion);
        base = told;
        baseTick = tick;
        if (crossed) {
            region = toldRegion;
            rule.place(partition.openSides(toldRegion));
        }
        solidsNear = obstacles.near(toldRegion, told.floatValue(x), told.floatValue(y));
        if (right) {
            return null;
        }
        if (lastTick <= tick || !replayable) {
            lastTick = tick;
        } else {
            replay();
        }
        return before == null ? null : correct(before, shownTick, nowMillis);
    }

    /** Where the avatar is drawn at that moment, in ticks; null before the server has said anything. */
    @Nullable
    Sample sample(double shownTick, double nowMillis) {
        Sample at = predicted(shownTick);
        if (at == null) {
            return null;
        }
        // Not Math's: what TypeScript shows is shown here, too.
        double left = StrictMath.exp(-Math.max(0, nowMillis - offsetAtMillis) / EASE_MILLIS);
        return new Sample(
                at.x() + offset.x() * left,
                at.y() + offset.y() * left,
                at.z() + offset.z() * left,
                at.heading() + offset.heading() * left,
                at.extrapolated());
    }

    /** After the last tick that was predicted; null before the server has said anything. */
    @Nullable
    AvatarState state() {
        return stateAt(lastTick);
    }

    int lastTick() {
        return lastTick;
    }

    /** From whose origin {@link #state} is measured. */
    @Nullable
    RegionId region() {
        return region;
    }

    private @Nullable Sample predicted(double shownTick) {
        int first = earlier == null ? baseTick : baseTick - 1;
        double at = Math.min(lastTick, Math.max(first, shownTick));
        int before = (int) Math.floor(at);
        AvatarState from = stateAt(before);
        AvatarState to = stateAt(Math.min(lastTick, before + 1));
        RegionId where = region;
        if (from == null || to == null || where == null) {
            return null;
        }
        double part = at - before;
        double heading = from.floatValue(yaw);
        return new Sample(
                partition.originX(where) + mix(from.floatValue(x), to.floatValue(x), part),
                partition.originY(where) + mix(from.floatValue(y), to.floatValue(y), part),
                mix(from.floatValue(z), to.floatValue(z), part),
                heading + shortestTurn(heading, to.floatValue(yaw)) * part,
                shownTick > lastTick);
    }

    private static double mix(double from, double to, double part) {
        return from + (to - from) * part;
    }

    private @Nullable Correction correct(Sample before, double shownTick, double nowMillis) {
        Sample after = predicted(shownTick);
        if (after == null) {
            return null;
        }
        double awayX = before.x() - after.x();
        double awayY = before.y() - after.y();
        double awayZ = before.z() - after.z();
        double metres = Math.sqrt(awayX * awayX + awayY * awayY + awayZ * awayZ);
        boolean teleport = metres > TELEPORT_METRES;
        offset = teleport
                ? new Sample(0, 0, 0, 0, false)
                : new Sample(awayX, awayY, awayZ, shortestTurn(after.heading(), before.heading()), false);
        offsetAtMillis = nowMillis;
        return metres < CORRECTION_METRES_MIN ? null : new Correction(baseTick, metres, teleport);
    }

    private void replay() {
        Frame first = frames[slot(baseTick)];
        Input input = first == null ? lastInput : first.input;
        for (int tick = baseTick + 1; tick <= lastTick; tick++) {
            Frame frame = frames[slot(tick)];
            input = frame != null && frame.tick == tick ? frame.input : input.stillHeld();
            step(tick, input);
        }
    }

    private void step(int tick, Input input) {
        AvatarState before = stateAt(tick - 1);
        AvatarState after = before == null ? null : rule.step(before, input, seconds, solidsNear);
        frames[slot(tick)] = new Frame(tick, input, after);
    }

    private @Nullable AvatarState stateAt(int tick) {
        if (tick == baseTick) {
            return base;
        }
        if (tick == baseTick - 1) {
            return earlier;
        }
        Frame frame = frames[slot(tick)];
        return frame != null && frame.tick == tick ? frame.state : null;
    }

    /** The tick before what is told, as it would have led there; null if the avatar was put elsewhere. */
    private @Nullable AvatarState leadingTo(AvatarState told, int tick, RegionId toldRegion) {
        AvatarState before = stateAt(tick - 1);
        RegionId from = region;
        if (before == null || from == null) {
            return null;
        }
        AvatarState predicted = stateAt(tick);
        AvatarState expected = predicted == null ? before : predicted;
        double awayX = partition.originX(from) - partition.originX(toldRegion);
        double awayY = partition.originY(from) - partition.originY(toldRegion);
        double wrongX = told.floatValue(x) - (expected.floatValue(x) + awayX);
        double wrongY = told.floatValue(y) - (expected.floatValue(y) + awayY);
        if (Math.sqrt(wrongX * wrongX + wrongY * wrongY) > TELEPORT_METRES) {
            return null;
        }
        int[] bits = before.copy();
        // What was wrong in this tick is slid to as a whole, and not over what is left of it.
        bits[x] = Float.floatToRawIntBits((float) (before.floatValue(x) + awayX + (predicted == null ? 0 : wrongX)));
        bits[y] = Float.floatToRawIntBits((float) (before.floatValue(y) + awayY + (predicted == null ? 0 : wrongY)));
        return before.with(bits);
    }

    private static int slot(int tick) {
        return Math.floorMod(tick, FRAME_COUNT);
    }

    /** From one angle to another, the short way round: -π to π. */
    private static double shortestTurn(double from, double to) {
        double turn = (to - from) % TURN;
        return turn > Math.PI ? turn - TURN : turn < -Math.PI ? turn + TURN : turn;
    }
}
