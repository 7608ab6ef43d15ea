package dev.terrane.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.EntityId;
import dev.terrane.base.RegionId;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellFailedException;
import dev.terrane.cell.CellSettings;
import dev.terrane.cell.CellSettings.Inboxes;
import dev.terrane.cell.NotTheWriterException;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.kit.Controls;
import dev.terrane.plugin.kit.Position;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellPort;
import dev.terrane.space.StripPartition;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FailureTest {
    private static final RegionId LEFT = new RegionId(0, 0);
    private static final RegionId RIGHT = new RegionId(1, 0);

    private final HandCrankedWorld world = world(CellSettings.defaults());

    private static HandCrankedWorld world(CellSettings settings) {
        return HandCrankedWorld.of(Drift::new, Map.of(), new StripPartition(2, 256, 512), 3, settings);
    }

    @Test
    void stopsTheCellWhoseEntityHasNoPlaceAndNoOther() {
        long[] entity = new long[1];
        world.visit(LEFT, cell -> entity[0] = cell.idOf(cell.spawn(new Position(Float.NaN, 0, 0))));
        Cell left = world.cell(LEFT);
        assertThatThrownBy(() -> left.tick(1, 50))
                .isInstanceOf(CellFailedException.class)
                .hasMessageContaining("test/0,0#0")
                .hasMessageContaining("epoch " + left.epoch())
                .hasMessageContaining("tick 1")
                .hasMessageContaining("entity " + new EntityId(entity[0]))
                .hasMessageContaining("NaN");
        assertThat(left.phase()).isEqualTo(Cell.Phase.FAILED);
        assertThat(left.offer(CellPort.ANY_EPOCH, new CellInput.Seal())).isEqualTo(Admission.SEALED);

        world.cell(RIGHT).tick(1, 50);
        assertThat(world.cell(RIGHT).phase()).isEqualTo(Cell.Phase.RUNNING);
    }

    @Test
    void namesTheHeightThatIsNotFinite() {
        world.visit(LEFT, cell -> cell.spawn(new Position(0, 0, Float.POSITIVE_INFINITY)));
        assertThatThrownBy(() -> world.cell(LEFT).tick(1, 50)).hasMessageContaining("Infinity");
    }

    @Test
    void refusesInputsButNotJoinsWhenInputsFloodIt() {
        CellSettings defaults = CellSettings.defaults();
        HandCrankedWorld small = world(new CellSettings(
                defaults.rates(), new Inboxes(16, 16, 16), defaults.borders(), defaults.avatars(), 64));
        TestPlayer ada = small.join("Ada", 100, 0);
        Admission last = Admission.ACCEPTED;
        for (int seq = 1; seq <= 17; seq++) {
            last = small.offer(small.cell(LEFT).id(), new CellInput.PlayerInput(ada.session, seq, 0, 0, 0, 0, 0, 0, 0));
        }
        assertThat(last).isEqualTo(Admission.FULL);
        assertThat(small.join("Bob", 100, 0).joined()).isTrue();
        small.tick(1);
        ada.input(new Controls(0, 0, 0, 0, 0));
        assertThat(small.offer(small.cell(LEFT).id(), new CellInput.Seal())).isEqualTo(Admission.ACCEPTED);
    }

    @Test
    void refusesMessagesOfAnotherEpoch() {
        Cell left = world.cell(LEFT);
        assertThat(left.offer(left.epoch() + 1, new CellInput.Seal())).isEqualTo(Admission.STALE_EPOCH);
        assertThat(left.offer(left.epoch(), new CellInput.Seal())).isEqualTo(Admission.ACCEPTED);
    }

    @Test
    void refusesPluginsThatUseTheContextOutsideTheirTurn() {
        CellContext[] kept = new CellContext[1];
        world.visit(LEFT, cell -> kept[0] = cell);
        assertThatThrownBy(() -> kept[0].spawn(new Position(0, 0, 0)))
                .isInstanceOf(NotTheWriterException.class)
                .hasMessageContaining("no cell's tick");
        world.visit(
                RIGHT,
                cell -> assertThatThrownBy(() -> kept[0].rng())
                        .isInstanceOf(NotTheWriterException.class)
                        .hasMessageContaining("the tick of test/1,0#0"));
    }

    @Test
    void givesOneLastImageWhenItIsSealed() {
        Cell left = world.cell(LEFT);
        world.tick(1);
        left.offer(left.epoch(), new CellInput.Seal());
        world.tick(1);
        assertThat(left.phase()).isEqualTo(Cell.Phase.SEALED);
        assertThat(left.offer(left.epoch(), new CellInput.Seal())).isEqualTo(Admission.SEALED);
        assertThatThrownBy(() -> left.tick(3, 150)).hasMessageContaining("SEALED");
    }

    @Test
    void refusesATickThatIsNotLater() {
        world.tick(2);
        assertThatThrownBy(() -> world.cell(LEFT).tick(2, 100)).isInstanceOf(IllegalArgumentException.class);
        assertThat(world.cell(LEFT).phase()).isEqualTo(Cell.Phase.RUNNING);
    }
}
