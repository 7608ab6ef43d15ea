package dev.terrane.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InputMarginTest {
    private static final long TICK_NANOS = millis(50);
    private static final long LATER = InputMargin.TELL_NANOS;

    private final InputMargin margin = new InputMargin();

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Test
    void isTheTimeFromAnInputToTheFrameOfItsTick() {
        margin.framed(100, 0, LATER, TICK_NANOS);
        margin.arrived(1, 102, LATER + millis(30));
        assertThat(margin.leastMillis()).isEqualTo(70);
    }

    @Test
    void isTheLeastSinceItWasToldAndNegativeForWhatCameTooLate() {
        margin.framed(100, 0, LATER, TICK_NANOS);
        margin.arrived(1, 101, LATER + millis(10));
        margin.arrived(2, 100, LATER + millis(20));
        margin.arrived(3, 103, LATER + millis(30));
        assertThat(margin.leastMillis()).isEqualTo(-20);
        margin.told(LATER);
        margin.arrived(4, 104, LATER + millis(40));
        assertThat(margin.leastMillis()).isEqualTo(160);
    }

    @Test
    void isToldTwiceASecondAndOnlyOfInputsThatNameATick() {
        margin.framed(100, 0, LATER, TICK_NANOS);
        margin.arrived(1, 0, LATER);
        assertThat(margin.due(LATER)).isFalse();
        margin.arrived(2, 101, LATER);
        assertThat(margin.due(LATER)).isTrue();
        margin.told(LATER);
        margin.arrived(3, 102, LATER + 1);
        assertThat(margin.due(2 * LATER - 1)).isFalse();
        assertThat(margin.due(2 * LATER)).isTrue();
    }

    @Test
    void ignoresTicksOfSomeOtherClock() {
        margin.framed(1_000, 0, LATER, TICK_NANOS);
        margin.arrived(1, 1, LATER);
        margin.arrived(2, 5_000, LATER);
        assertThat(margin.due(LATER)).isFalse();
    }

    @Test
    void learnsFromAnInputThatIsNotInItsFrameHowLongBeforeItInputsAreTaken() {
        margin.framed(100, 0, LATER, TICK_NANOS);
        margin.arrived(1, 101, LATER + millis(35));
        margin.framed(101, 0, LATER + millis(50), TICK_NANOS);
        assertThat(margin.leastMillis())
                .as("15 ms before its frame was too late")
                .isZero();
        margin.told(LATER);
        margin.arrived(2, 103, LATER + millis(110));
        margin.framed(103, 2, LATER + millis(150), TICK_NANOS);
        assertThat(margin.leastMillis()).isBetween(25, 26);
    }
}
