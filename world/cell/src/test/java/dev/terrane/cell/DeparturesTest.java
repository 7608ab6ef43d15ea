package dev.terrane.cell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import org.junit.jupiter.api.Test;

class DeparturesTest {
    private static final CellId EAST = new CellId(new WorldId("w"), new RegionId(1, 0), 0);
    private static final CellId WEST = new CellId(new WorldId("w"), new RegionId(-1, 0), 0);

    private final Departures departures = new Departures();

    @Test
    void knowsTheLastTargetOnly() {
        departures.left(7, EAST, 10);
        departures.left(7, WEST, 20);
        assertThat(departures.targetOf(7, 0)).isEqualTo(WEST);
        assertThat(departures.targetOf(7, 21)).as("not so lately").isNull();
        assertThat(departures.targetOf(8, 0)).isNull();
        assertThat(departures.targetOf(0, 0)).isNull();
    }

    @Test
    void forgetsAfterAWhileButNotTheLaterDepartureOfTheSame() {
        departures.left(7, EAST, 10);
        departures.left(8, EAST, 10);
        departures.left(7, WEST, 50);
        departures.forgetOld(11 + Departures.REMEMBERED_TICKS);
        assertThat(departures.targetOf(8, 0)).isNull();
        assertThat(departures.targetOf(7, 0)).isEqualTo(WEST);
        departures.forgetOld(51 + Departures.REMEMBERED_TICKS);
        assertThat(departures.targetOf(7, 0)).isNull();
    }

    @Test
    void forgetsWhoIsBack() {
        departures.left(7, EAST, 10);
        departures.returned(7);
        assertThat(departures.targetOf(7, 0)).isNull();
        departures.left(7, WEST, 20);
        departures.forgetOld(11 + Departures.REMEMBERED_TICKS);
        assertThat(departures.targetOf(7, 0)).isEqualTo(WEST);
    }

    @Test
    void forgetsTheOldestOfTooMany() {
        int count = Departures.REMEMBERED_COUNT_MAX + 100;
        for (int id = 1; id <= count; id++) {
            departures.left(id, id % 2 == 0 ? EAST : WEST, 1);
        }
        assertThat(departures.targetOf(100, 0)).isNull();
        for (int id = 101; id <= count; id++) {
            assertThat(departures.targetOf(id, 0)).isEqualTo(id % 2 == 0 ? EAST : WEST);
        }
    }
}
