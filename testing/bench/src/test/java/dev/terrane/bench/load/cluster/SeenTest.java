package dev.terrane.bench.load.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeenTest {
    private final Script script = new Script();

    @Test
    void pausesOneTickWhenNothingHappens() {
        assertThat(script.plays(50).seen())
                .isEqualTo(new Seen(Script.TICK_NANOS, 2 * Script.TICK_NANOS, true, 0, 0, 1));
    }

    @Test
    void pausesFromTheLastNewsToTheNext() {
        Seen seen = script.plays(10).silentFor(700).goesOn(0).plays(10).seen();
        assertThat(seen.gapNanos()).isEqualTo(800_000_000);
        assertThat(seen.gapEndNanos()).isEqualTo(1_800_000_000);
        assertThat(seen.over()).isTrue();
        assertThat(seen.stateTicksLost()).isZero();
    }

    @Test
    void theSameStateAgainIsNoNews() {
        assertThat(script.plays(10).repeats(6).plays(10).seen().gapNanos()).isEqualTo(700_000_000);
    }

    @Test
    void aPauseThatLastsIsAsLongAsWeLooked() {
        Seen seen = script.plays(10).silentFor(3_000).seen();
        assertThat(seen.gapNanos()).isEqualTo(3_000_000_000L);
        assertThat(seen.over()).isFalse();
    }

    @Test
    void aShortSilenceAtTheEndIsNotThePause() {
        Seen seen = script.plays(10).silentFor(400).plays(10).silentFor(150).seen();
        assertThat(seen.gapNanos()).isEqualTo(500_000_000);
        assertThat(seen.over()).isTrue();
    }

    @Test
    void whoOnlyWaitsForTheNextNewsPlaysOn() {
        Seen seen = script.plays(20).silentFor(120).seen();
        assertThat(seen.gapNanos()).isEqualTo(Script.TICK_NANOS);
        assertThat(seen.over()).isTrue();
    }

    @Test
    void countsTicksThatWereTakenBack() {
        assertThat(script.plays(10).goesOn(3).plays(10).seen().stateTicksLost()).isEqualTo(2);
    }

    @Test
    void findsWhatWasTakenBackLongAfterThePause() {
        Seen seen =
                script.plays(10).silentFor(900).plays(10).goesOn(8).plays(10).seen();
        assertThat(seen.stateTicksLost()).isEqualTo(7);
        assertThat(seen.gapNanos()).isEqualTo(1_000_000_000);
    }

    @Test
    void anotherCellMayBeInAnEarlierTick() {
        assertThat(script.plays(100).isNowIn("1,0#0", 60).plays(10).seen().stateTicksLost())
                .isZero();
    }

    @Test
    void anotherConnectionMayCountItsInputsAnew() {
        assertThat(script.plays(100).reconnects(1).plays(10).seen().stateTicksLost())
                .isZero();
    }

    @Test
    void inputNumbersWrap() {
        List<Sighting> two = List.of(
                new Sighting(0, 1, "0,0#0", 1, 7, Integer.MAX_VALUE, 0, 0),
                new Sighting(1, 1, "0,0#0", 1, 8, Integer.MIN_VALUE, 0, 0));
        assertThat(Seen.of(two, 1, 0).stateTicksLost()).isZero();
    }

    @Test
    void countsInputsThatHadNoTick() {
        assertThat(script.plays(10).skips(4).plays(10).skips(1).plays(5).seen().inputsSkipped())
                .isEqualTo(5);
    }

    @Test
    void saysHowFarTheAvatarWasWhenThePauseEnded() {
        Seen seen = script.plays(10).silentFor(500).goesOn(5).plays(3).seen();
        assertThat(seen.jumpMetres()).isEqualTo(4);
    }

    @Test
    void saysNothingAboutWhoSawNothing() {
        assertThatThrownBy(() -> Seen.of(List.of(), 1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
