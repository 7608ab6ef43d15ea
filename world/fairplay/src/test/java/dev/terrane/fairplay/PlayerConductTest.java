package dev.terrane.fairplay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Rng;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.protocol.cluster.Offence;
import org.junit.jupiter.api.Test;

class PlayerConductTest {
    private static final int HZ = 20;
    private static final int AHEAD_MAX = 64;

    private final PlayerConduct player = new PlayerConduct(15, HZ);
    private int found;

    private float sees(long tick, double lagTicks) {
        float believed = player.view(tick, (float) lagTicks);
        found = player.heard(tick, AHEAD_MAX, 0, 0);
        return believed;
    }

    @Test
    void believesADelayThatDriftsAndJittersAsConnectionsDo() {
        long seed = System.nanoTime();
        Rng rng = new Rng(seed);
        double delay = 4;
        for (int tick = 1000; tick < 1000 + 60 * HZ; tick++) {
            delay = Math.max(2, Math.min(10, delay + rng.nextFloat(-0.05f, 0.05f)));
            double claimed = delay + rng.nextFloat(-0.9f, 0.9f);
            assertThat(sees(tick, claimed)).as("seed %d", seed).isEqualTo((float) claimed);
            assertThat(found).as("seed %d", seed).isZero();
        }
    }

    @Test
    void sticksToTheConnectionOfWhoChoosesHisMomentForEachShot() {
        int strays = 0;
        float least = Float.MAX_VALUE;
        float most = 0;
        for (int tick = 1001; tick <= 1000 + 20 * HZ; tick++) {
            boolean aims = tick % 20 == 0;
            float believed = sees(tick, aims ? 12 : 3);
            least = Math.min(least, believed);
            most = Math.max(most, believed);
            strays += found == Offences.of(Offence.VIEW) ? 1 : 0;
        }
        assertThat(strays)
                .as("of 20 attempts, 6 are forgiven at once, and 6 more in a minute")
                .isEqualTo(20 - 6 - 1);
        assertThat(most).as("of the 9 ticks that he chose 2 are believed").isLessThan(5.2f);
        assertThat(least).isEqualTo(3);
    }

    @Test
    void followsAConnectionThatHasBecomeSlowAndDoesNotCountThat() {
        int strays = 0;
        float believed = 0;
        for (int tick = 1000; tick < 1000 + 20 * HZ; tick++) {
            believed = sees(tick, tick < 1100 ? 3 : 13);
            strays += found == 0 ? 0 : 1;
        }
        assertThat(strays).isZero();
        assertThat(believed).isEqualTo(13);
    }

    @Test
    void doesNotBelieveWhoForOnceSeesThePresent() {
        for (int tick = 1000; tick < 1100; tick++) {
            sees(tick, 8);
        }
        assertThat(sees(1100, 0))
                .as("as if his news had been without delay for once")
                .isGreaterThan(5.5f);
        assertThat(found).as("once").isZero();
    }

    @Test
    void takesWhoNeverSaysWhatHeSeesForOneWhoSeesThePresent() {
        for (int tick = 1000; tick < 1100; tick++) {
            assertThat(sees(tick, 0)).isZero();
            assertThat(found).isZero();
        }
        assertThat(sees(1100, 4)).as("the first word of it").isEqualTo(4);
    }

    @Test
    void countsWhoNamesTicksThatAreTooFarAheadAgainAndAgain() {
        int counted = 0;
        for (int tick = 1000; tick < 1100; tick++) {
            counted += player.heard(tick, AHEAD_MAX, tick + (tick % 2 == 0 ? 65 : 1), 0) == Offences.of(Offence.CLOCK)
                    ? 1
                    : 0;
        }
        assertThat(counted).as("of 50, and 6 are forgiven").isEqualTo(44);
    }

    @Test
    void doesNotCountTicksThatAreLateOrAsFarAheadAsTheyMayBe() {
        for (int tick = 1000; tick < 1100; tick++) {
            assertThat(player.heard(tick, AHEAD_MAX, tick % 2 == 0 ? tick + 64 : 1, 0))
                    .isZero();
        }
    }

    @Test
    void sparesAClockThatIsWrongForGood() {
        for (int tick = 1000; tick < 1100; tick++) {
            assertThat(player.heard(tick, AHEAD_MAX, tick + 9000, 0)).isZero();
        }
    }

    @Test
    void countsPressesBeyondWhatFingersDo() {
        int allowed = 0;
        for (int tick = 1000; tick < 1000 + 100 * HZ; tick++) {
            allowed += player.heard(tick, AHEAD_MAX, 0, 1) == 0 ? 1 : 0;
        }
        assertThat(allowed).as("15 a second, and a second's worth at once").isEqualTo(1515 - 1);
    }

    @Test
    void sparesWhoPressesAsFastAsFingersDo() {
        for (int tick = 1000; tick < 1000 + 100 * HZ; tick++) {
            assertThat(player.heard(tick, AHEAD_MAX, 0, tick % 4 == 0 ? 0 : 3)).isZero();
        }
    }

    @Test
    void goesOnAfterBeingWrittenAndReadAsIfNothingHadHappened() {
        PlayerConduct other = new PlayerConduct(15, HZ);
        Rng rng = new Rng(7);
        for (int tick = 1000; tick < 1400; tick++) {
            float claimed = rng.nextFloat(0, 20);
            int pressed = rng.nextFloat() < 0.9f ? 1 : 0;
            float believed = player.view(tick, claimed);
            int mine = player.heard(tick, AHEAD_MAX, 0, pressed);
            if (tick > 1200) {
                assertThat(other.view(tick, claimed)).isEqualTo(believed);
                assertThat(other.heard(tick, AHEAD_MAX, 0, pressed)).isEqualTo(mine);
            }
            if (tick == 1200) {
                ByteWriter out = new ByteWriter(64);
                player.write(out);
                other.read(new ByteReader(out.toBytes()));
            }
        }
    }
}
