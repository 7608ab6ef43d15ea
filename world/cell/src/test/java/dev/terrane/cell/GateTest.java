package dev.terrane.cell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.protocol.cluster.CellInput;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class GateTest {
    private final Gate gate = new Gate();

    @Test
    void isTightOnceWhoeverWasInsideIsThrough() {
        assertThat(gate.enter()).isTrue();
        gate.close();
        assertThat(gate.tight()).as("somebody may still put something in").isFalse();
        assertThat(gate.enter()).as("nobody else").isFalse();
        assertThat(gate.tight()).isFalse();
        gate.leave();
        assertThat(gate.tight()).isTrue();
    }

    @Test
    void isNotTightWhileItIsOpen() {
        assertThat(gate.tight()).isFalse();
        gate.close();
        gate.open();
        assertThat(gate.tight()).isFalse();
        assertThat(gate.enter()).isTrue();
    }

    @Test
    void concernsThoseWhoComeToStayOrToGoAndTheirMail() {
        CharacterId ada = new CharacterId(new UUID(1, 2));
        assertThat(Gate.concerns(new CellInput.Join(1, 0, ada, 1, "Ada", 0, 0))).isTrue();
        assertThat(Gate.concerns(new CellInput.Leave(1, true))).isTrue();
        CellId sender = new CellId(new WorldId("test"), RegionId.ORIGIN, 0);
        assertThat(Gate.concerns(
                        new CellInput.IntentBatch(sender, 1, 1, 1, 1, 1, CellInput.HandoffNumber.NONE, List.of())))
                .as("its sender passes it on when the layer is gone")
                .isTrue();
        assertThat(Gate.concerns(new CellInput.Seal())).isFalse();
        assertThat(Gate.concerns(new CellInput.PlayerInput(1, 1, 1, 1, 0, 0, 0, 0, 0)))
                .as("its avatar is elsewhere, where it is sent again")
                .isFalse();
    }
}
