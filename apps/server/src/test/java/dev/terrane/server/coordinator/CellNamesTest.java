package dev.terrane.server.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import java.util.List;
import org.junit.jupiter.api.Test;

class CellNamesTest {
    @Test
    void readsWhatCellsAreCalled() {
        for (CellId cell : List.of(
                new CellId(new WorldId("skirmish"), new RegionId(2, -1), 0),
                new CellId(new WorldId("w"), new RegionId(0, 0), 255))) {
            assertThat(CellNames.parse(cell.toString())).isEqualTo(cell);
        }
    }

    @Test
    void refusesWhatIsNone() {
        for (String wrong : List.of("", "w", "w/1,2", "w/1#0", "w/1,2#256", "w/1,2#0 ", "w/99999999999,2#0")) {
            assertThatThrownBy(() -> CellNames.parse(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
