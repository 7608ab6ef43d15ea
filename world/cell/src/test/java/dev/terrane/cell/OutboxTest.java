package dev.terrane.cell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.Meters;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellInput.Leave;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final CellId LAYER = new CellId(new WorldId("test"), new RegionId(0, 0), 2);
    private static final Leave FIRST = new Leave(1, false);
    private static final Leave SECOND = new Leave(2, false);

    private final List<CellInput> offered = new ArrayList<>();
    private Admission answer = Admission.ACCEPTED;
    private final Outbox outbox = new Outbox(
            new CellPorts(
                    (_, _, message) -> {
                        offered.add(message);
                        return answer;
                    },
                    (_, _) -> true,
                    CellListener.none(),
                    Meters.none(),
                    () -> 0),
            "test");

    @Test
    void keepsWhatARestartingCellRefusesInOrder() {
        outbox.tell(LAYER, FIRST);
        outbox.tell(LAYER, SECOND);
        answer = Admission.SEALED;
        outbox.flush();
        assertThat(outbox.empty()).isFalse();
        offered.clear();
        answer = Admission.ACCEPTED;
        outbox.flush();
        assertThat(offered).containsExactly(FIRST, SECOND);
        assertThat(outbox.empty()).isTrue();
    }

    @Test
    void endsWhatIsMeantForALayerThatWasTakenAway() {
        outbox.tell(LAYER, FIRST);
        outbox.tell(LAYER, SECOND);
        answer = Admission.UNKNOWN;
        outbox.flush();
        assertThat(offered).containsExactly(FIRST, SECOND);
        assertThat(outbox.empty())
                .as("nothing keeps this layer from being taken away")
                .isTrue();
    }
}
