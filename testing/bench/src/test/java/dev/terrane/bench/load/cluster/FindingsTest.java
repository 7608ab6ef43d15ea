package dev.terrane.bench.load.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FindingsTest {
    private final Findings findings = new Findings(100);

    private static Seen without(long millis) {
        return new Seen(millis * 1_000_000, 0, true, 0, 0, 0);
    }

    @Test
    void findsPercentilesByRank() {
        Spread spread = new Spread();
        for (int value = 200; value >= 1; value--) {
            spread.add(value);
        }
        assertThat(spread.at(0.5)).isEqualTo(100);
        assertThat(spread.at(0.99)).isEqualTo(198);
        assertThat(spread.max()).isEqualTo(200);
        assertThat(new Spread().max()).isNaN();
    }

    @Test
    void tellsPausesInMillisecondsAndTicks() {
        findings.blow(640, 0);
        for (int i = 1; i <= 100; i++) {
            findings.hit(without(10 * i), 0);
        }
        assertThat(findings.failover())
                .containsEntry("kills", 1.0)
                .containsEntry("gapMillisP50", 500.0)
                .containsEntry("gapMillisP99", 990.0)
                .containsEntry("gapMillisMax", 1_000.0)
                .containsEntry("pauseMillisP50", 400.0)
                .containsEntry("pauseMillisP99", 890.0)
                .containsEntry("pauseMillisMax", 900.0)
                .containsEntry("pauseTicksP50", 4.0)
                .containsEntry("pauseTicksMax", 9.0)
                .containsEntry("recoveryMillisP50", 640.0);
        assertThat(findings.complete()).isTrue();
    }

    @Test
    void callsNothingAPauseThatIsNoLongerThanATick() {
        findings.hit(without(100), 0);
        findings.bystander(without(90), 0);
        assertThat(findings.migration())
                .containsEntry("gapMillisMax", 100.0)
                .containsEntry("pauseTicksMax", 0.0)
                .containsEntry("bystanderPauseMillisMax", 0.0);
    }

    @Test
    void doesNotMixBystandersWithWhoWasHit() {
        findings.blow(600, 0);
        findings.hit(without(700), 0);
        findings.bystander(new Seen(150_000_000, 0, true, 3, 4, 0), 2);
        assertThat(findings.failover())
                .containsEntry("pauseMillisP50", 600.0)
                .containsEntry("bystanderPauseMillisMax", 50.0)
                .containsEntry("bystanders", 1.0)
                .containsEntry("bystanderInputsSkipped", 4.0)
                .containsEntry("inputsSkipped", 0.0)
                .containsEntry("stateTicksLostMax", 3.0)
                .containsEntry("disconnects", 2.0);
    }

    @Test
    void saysNothingAboutWhatNobodyMeasured() {
        assertThat(findings.failover().get("stateTicksLostMax")).isNaN();
        assertThat(findings.failover().get("pauseMillisMax")).isNaN();
        assertThat(findings.failover()).doesNotContainKey("acknowledgedCommandsLost");
        assertThat(findings.complete()).isFalse();
    }

    @Test
    void isNotCompleteWhenSomethingHadNoEnd() {
        findings.blow(600, 0);
        findings.hit(without(700), 0);
        assertThat(findings.complete()).isTrue();
        findings.blow(Double.NaN, 0);
        assertThat(findings.complete()).isFalse();
        assertThat(findings.failover())
                .containsEntry("killsWithoutRecovery", 1.0)
                .containsEntry("recoveryMillisMax", 600.0);
    }

    @Test
    void isNotCompleteWhenAPauseHadNoEnd() {
        findings.blow(600, 0);
        findings.hit(new Seen(9_000_000_000L, 0, false, 0, 0, 0), 0);
        assertThat(findings.complete()).isFalse();
        assertThat(findings.failover()).containsEntry("pauseMillisMax", 8_900.0).containsEntry("pausesWithoutEnd", 1.0);
    }
}
