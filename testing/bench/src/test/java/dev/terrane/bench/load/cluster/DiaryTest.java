package dev.terrane.bench.load.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DiaryTest {
    private final Diary diary = new Diary();
    private final Script script = new Script();

    @Test
    void beginsWithTheLastNewsBefore() {
        script.plays(5).repeats(3).plays(2).sightings.forEach(diary::saw);
        // The sixth to eighth repeat the fifth: news is from the fifth, however late somebody asks.
        assertThat(diary.since(8 * Script.TICK_NANOS + 1))
                .containsExactly(script.sightings.get(4), script.sightings.get(8), script.sightings.get(9));
    }

    @Test
    void aPauseThatBeginsBeforeTheBlowIsWhole() {
        script.plays(5).silentFor(900).plays(5).sightings.forEach(diary::saw);
        long blow = 5 * Script.TICK_NANOS + 400_000_000;
        assertThat(Seen.of(diary.since(blow), script.now(), 0).gapNanos()).isEqualTo(1_000_000_000);
    }

    @Test
    void knowsTheLastNews() {
        assertThat(diary.lastNews()).isNull();
        script.plays(5).repeats(4).sightings.forEach(diary::saw);
        assertThat(diary.lastNews()).isEqualTo(script.sightings.get(4));
    }

    @Test
    void countsLossesSinceThen() {
        diary.lost(5);
        diary.lost(7);
        assertThat(diary.lossesSince(5)).isEqualTo(2);
        assertThat(diary.lossesSince(6)).isEqualTo(1);
        assertThat(diary.lossesSince(8)).isZero();
    }
}
