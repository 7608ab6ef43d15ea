package dev.terrane.server.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CharacterId;
import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellListener;
import dev.terrane.protocol.cluster.CellInput;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AwaitedInputsTest {
    private static final long MILLI = 1_000_000;

    private final AwaitedInputs two = new AwaitedInputs(2, 0);

    @Test
    void isCompleteWhenEachPlayerWasHeard() {
        assertThat(two.completedBy(input(7, 1))).isFalse();
        assertThat(two.completedBy(input(7, 2))).as("the same again").isFalse();
        assertThat(two.lacks(MILLI)).isTrue();
        assertThat(two.completedBy(input(8, 1))).isTrue();
        assertThat(two.completedBy(input(8, 2))).as("only once").isFalse();
        assertThat(two.lacks(MILLI)).isFalse();
    }

    @Test
    void countsNothingButInputs() {
        assertThat(two.completedBy(new CellInput.FactsStored(3))).isFalse();
        assertThat(two.lacks(MILLI)).isTrue();
    }

    @Test
    void waitsForNobodyForLong() {
        assertThat(two.lacks(AwaitedInputs.MILLIS_MAX * MILLI - 1)).isTrue();
        assertThat(two.lacks(AwaitedInputs.MILLIS_MAX * MILLI)).isFalse();
    }

    @Test
    void nobodyIsMissedWhereNobodyPlays() {
        assertThat(new AwaitedInputs(0, 0).lacks(0)).isFalse();
    }

    @Test
    void aCellThatGoesOnCatchesUpWithItsPlayersAtTheWheel() {
        WorldClock clock = new WorldClock(Clock.system(), 0, 10);
        WorkerLoop worker = new WorkerLoop("wheel-test", clock, new Seats(), () -> false, () -> {}, Meters.none());
        List<Long> lived = new ArrayList<>();
        Cell cell = CellSeatTest.open(0, context -> lived.add(context.tick()), CellListener.none());
        cell.offer(cell.epoch(), new CellInput.Join(7, 0, new CharacterId(new UUID(1, 2)), 1, "ann", 10, 10));
        cell.tick(0, 0);
        assertThat(cell.playerCount()).isEqualTo(1);
        lived.clear();
        HandClock still = new HandClock();
        CellSeat seat = new CellSeat(cell.id(), still, (_, _, _) -> lived.add(-1L));
        Takeover takeover = new Takeover(1, still, new FailoverMeters(Meters.none()));
        seat.seat(cell, takeover.watch(cell));
        seat.moveTo(worker);

        seat.tick(worker, 3, clock);
        assertThat(lived).as("before it was heard").isEmpty();
        seat.offer(cell.epoch(), input(7, 1));
        seat.tick(worker, 3, clock);
        assertThat(lived).containsExactly(1L, 2L, 3L);
    }

    private static CellInput input(long session, int seq) {
        return new CellInput.PlayerInput(session, seq, 0, 0, 0, 0, 0, 0, 0);
    }
}
