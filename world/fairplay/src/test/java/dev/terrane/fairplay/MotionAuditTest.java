package dev.terrane.fairplay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrane.base.Rng;
import dev.terrane.plugin.Conduct;
import dev.terrane.protocol.cluster.Offence;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MotionAuditTest {
    private static final double SECONDS = 0.05;
    private static final Conduct LIMITS = new Conduct(50, 200, 4, 0.5f, 10);

    private final MotionAudit audit = new MotionAudit(LIMITS, SECONDS);
    private final Motion before = new Motion();
    private final Motion after = new Motion();

    private List<Offence> judge() {
        List<Offence> found = new ArrayList<>();
        for (int set = audit.judge(before, after); set != Offences.NONE; set = Offences.rest(set)) {
            found.add(Offences.first(set));
        }
        return found;
    }

    @Test
    void leavesWhatIsWithinTheLimitsAsItIsToTheBit() {
        before.velocityX = 45;
        after.velocityX = 49;
        after.velocityY = 3;
        after.x = 2.5f;
        after.yaw = 0.2f;
        assertThat(judge()).isEmpty();
        assertThat(new float[] {after.x, after.y, after.velocityX, after.velocityY, after.yaw})
                .containsExactly(2.5f, 0, 49, 3, 0.2f);
    }

    @Test
    void cutsSpeedAndKeepsItsDirection() {
        before.velocityX = 30;
        before.velocityY = 40;
        after.velocityX = 33;
        after.velocityY = 44;
        assertThat(judge()).containsExactly(Offence.SPEED);
        assertThat(after.velocityX).isCloseTo(30, within(0.1f));
        assertThat(after.velocityY).isCloseTo(40, within(0.1f));
    }

    @Test
    void cutsAChangeOfVelocityWhicheverWayItGoes() {
        before.velocityX = 40;
        after.velocityX = -40;
        assertThat(judge()).containsExactly(Offence.ACCELERATION);
        assertThat(after.velocityX).isCloseTo(30, within(0.1f));
    }

    @Test
    void turnsNoFasterThanAllowedAlsoAcrossTheSeam() {
        before.yaw = 3.1f;
        after.yaw = -3.1f;
        assertThat(judge()).as("a step of 0.08 over the seam").isEmpty();
        after.yaw = -2.5f;
        assertThat(judge()).containsExactly(Offence.TURN);
        assertThat(after.yaw).isCloseTo((float) (3.1 + 0.2 - 2 * Math.PI), within(0.001f));
    }

    @Test
    void putsBackWhoIsWhereNoVelocityCanHaveTakenHim() {
        before.x = 10;
        before.velocityX = 20;
        after.velocityX = 20;
        after.x = 300;
        assertThat(judge()).containsExactly(Offence.JUMP);
        assertThat(after.x).isCloseTo(11, within(0.001f));
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void takesWhatIsNoNumberForWhatItWasBefore(float nothing) {
        before.x = 7;
        before.velocityY = 4;
        before.yaw = 1;
        after.x = nothing;
        after.velocityY = nothing;
        after.yaw = nothing;
        assertThat(judge()).containsExactly(Offence.SPEED, Offence.TURN, Offence.JUMP);
        assertThat(after.x).isEqualTo(7);
        assertThat(after.velocityY).isEqualTo(4);
        assertThat(after.yaw).isCloseTo(1, within(1e-6f));
    }

    @Test
    void letsNobodyBeyondTheLimitsWhateverHeDoes() {
        long seed = System.nanoTime();
        Rng rng = new Rng(seed);
        for (int tick = 0; tick < 20_000; tick++) {
            before.x = after.x;
            before.y = after.y;
            before.velocityX = after.velocityX;
            before.velocityY = after.velocityY;
            before.yaw = after.yaw;
            after.x += rng.nextFloat(-100, 100);
            after.y += rng.nextFloat(-100, 100);
            after.velocityX += rng.nextFloat(-500, 500);
            after.velocityY = rng.nextFloat() < 0.01f ? Float.NaN : after.velocityY + rng.nextFloat(-500, 500);
            after.yaw += rng.nextFloat(-7, 7);
            audit.judge(before, after);
            assertThat(Math.hypot(after.velocityX, after.velocityY))
                    .as("seed %d", seed)
                    .isLessThan(50.2);
            assertThat(Math.hypot(after.x - before.x, after.y - before.y))
                    .as("seed %d", seed)
                    .isLessThan(50.2 * SECONDS + 0.6);
            assertThat(Math.hypot(after.velocityX - before.velocityX, after.velocityY - before.velocityY))
                    .as("seed %d", seed)
                    .isLessThan(10.1);
        }
    }
}
