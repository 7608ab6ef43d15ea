package dev.terrane.fairplay;

import dev.terrane.plugin.Conduct;
import dev.terrane.protocol.cluster.Offence;

/**
 * Compares how an avatar was at the beginning of a tick with how it is now, and puts it back within the game's limits. A limit that is kept is not felt: what is within it is not touched, to the bit.
 *
 * <p>Whatever is no number counts as beyond every limit and becomes what it was before, so that a bug of a game does not end the cell.
 */
public final class MotionAudit {
    /** Sums of 32-bit numbers are a little off; nobody gains by so little. */
    private static final double ROUNDING = 1.001;

    private static final double ROUNDING_LEAST = 1e-4;
    private static final double FULL_TURN = 2 * Math.PI;

    private final double seconds;
    private final double speedMax;
    private final double velocityChangeMax;
    private final double turnMax;
    private final double slackMetres;

    /** @param tickSeconds of simulated time */
    public MotionAudit(Conduct limits, double tickSeconds) {
        this.seconds = tickSeconds;
        this.speedMax = limits.speedMax() * ROUNDING;
        this.velocityChangeMax = limits.accelerationMax() * tickSeconds * ROUNDING + ROUNDING_LEAST;
        this.turnMax = limits.turnMax() * tickSeconds * ROUNDING + ROUNDING_LEAST;
        this.slackMetres = limits.slackMetres();
    }

    /**
     * @param before finite; not changed
     * @param after put right where it has to be
     * @return what was wrong, see {@link Offences}
     */
    public int judge(Motion before, Motion after) {
        return judgeVelocity(before, after) | judgeTurn(before, after) | judgePlace(before, after);
    }

    private int judgeVelocity(Motion before, Motion after) {
        int found = Offences.NONE;
        double speed = after.speed();
        if (!(speed <= speedMax)) {
            found |= Offences.of(Offence.SPEED);
            boolean known = Double.isFinite(speed);
            double kept = speedMax / speed;
            after.velocityX = known ? (float) (after.velocityX * kept) : before.velocityX;
            after.velocityY = known ? (float) (after.velocityY * kept) : before.velocityY;
        }
        double changeX = (double) after.velocityX - before.velocityX;
        double changeY = (double) after.velocityY - before.velocityY;
        double change = Motion.length(changeX, changeY);
        if (change > velocityChangeMax) {
            found |= Offences.of(Offence.ACCELERATION);
            double kept = velocityChangeMax / change;
            after.velocityX = (float) (before.velocityX + changeX * kept);
            after.velocityY = (float) (before.velocityY + changeY * kept);
        }
        return found;
    }

    private int judgeTurn(Motion before, Motion after) {
        double turned = Math.IEEEremainder((double) after.yaw - before.yaw, FULL_TURN);
        if (Math.abs(turned) <= turnMax) {
            return Offences.NONE;
        }
        double allowed = Double.isFinite(turned) ? Math.copySign(turnMax, turned) : 0;
        after.yaw = (float) Math.IEEEremainder(before.yaw + allowed, FULL_TURN);
        return Offences.of(Offence.TURN);
    }

    /** The velocity that it is judged by is the one that was just put right: whoever was too fast has come too far as well. */
    private int judgePlace(Motion before, Motion after) {
        double reach = Math.max(before.speed(), after.speed()) * seconds * ROUNDING + slackMetres;
        if (Motion.length((double) after.x - before.x, (double) after.y - before.y) <= reach) {
            return Offences.NONE;
        }
        after.x = (float) (before.x + after.velocityX * seconds);
        after.y = (float) (before.y + after.velocityY * seconds);
        return Offences.of(Offence.JUMP);
    }
}
