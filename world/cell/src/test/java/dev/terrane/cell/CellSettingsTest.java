package dev.terrane.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.cell.CellSettings.Avatars;
import dev.terrane.cell.CellSettings.Borders;
import dev.terrane.cell.CellSettings.Inboxes;
import dev.terrane.cell.CellSettings.Rates;
import org.junit.jupiter.api.Test;

class CellSettingsTest {
    @Test
    void namesTheValueThatIsOutOfRange() {
        assertThatThrownBy(() -> new Rates(0, 1)).hasMessage("simulationHz is 0, but must be 1 to 240");
        assertThatThrownBy(() -> new Inboxes(1, 0, 1)).hasMessageContaining("controlCount is 0");
        assertThatThrownBy(() -> new Borders(-1, 0)).hasMessageContaining("hysteresisMetres is -1.0");
        assertThatThrownBy(() -> new Avatars(1, 65, 0)).hasMessageContaining("inputsBuffered is 65");
    }

    @Test
    void wantsWholeTicksBetweenSnapshots() {
        assertThatThrownBy(() -> new Rates(20, 15)).hasMessageContaining("a divisor of simulationHz 20");
        assertThat(new Rates(20, 10).ticksPerSnapshot()).isEqualTo(2);
    }
}
