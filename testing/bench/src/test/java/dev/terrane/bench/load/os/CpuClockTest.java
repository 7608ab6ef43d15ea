package dev.terrane.bench.load.os;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CpuClockTest {
    private static final String LINE =
            "4711 (a (b) c) S 1 4711 4711 0 -1 4194560 1 2 3 4 250 75 6 7 20 0 31 0 99 1024 55 18446744073709551615 1 1";

    @Test
    void countsUserAndSystemTimeInHundredthsOfASecond() {
        assertThat(CpuClock.parse(LINE)).isEqualTo(new CpuClock.Reading(2_500_000, 750_000));
    }

    @Test
    void tellsWhatWasTakenBetweenTwoReadings() {
        CpuClock.Reading earlier = new CpuClock.Reading(2_000_000, 500_000);
        CpuClock.Reading taken = CpuClock.parse(LINE).since(earlier);
        assertThat(taken.totalMicros()).isEqualTo(750_000);
    }

    @Test
    void knowsAThreadByItsNameWhateverIsInIt() {
        assertThat(CpuClock.name(LINE)).isEqualTo("a (b) c");
    }

    @Test
    void countsThoseThreadsOnlyWhoseNameBeginsSo() {
        long pid = ProcessHandle.current().pid();
        assertThat(CpuClock.ofThreads(pid, "nobody is called so").totalMicros()).isZero();
        assertThat(CpuClock.ofThreads(pid, "").totalMicros())
                .isPositive()
                .isLessThanOrEqualTo(CpuClock.of(pid).read().totalMicros());
    }
}
