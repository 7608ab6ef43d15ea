package dev.terrane.server.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.CellId;
import dev.terrane.base.Meters;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellListener;
import dev.terrane.cell.CellPorts;
import dev.terrane.checkpoint.Checkpoint;
import dev.terrane.coordinator.CellGrant;
import dev.terrane.protocol.cluster.Admission;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CellMakerTest {
    private static final CellId LAYER = new CellId(new WorldId("test"), new RegionId(0, 0), 1);

    @Test
    void releasesTheGrantItMeansAndNoNewerOne() {
        try (WorldRig rig = new WorldRig()) {
            WorldSetup setup = rig.setup(1, 0, WorldRig.workers(1), _ -> {});
            CellMaker maker = maker(setup);
            Cell takenAway = maker.wake(LAYER);
            Cell wokenAgain = maker.wake(LAYER);
            maker.release(LAYER, takenAway.epoch());
            assertThat(holder(setup)).map(CellGrant::epoch).hasValue(wokenAgain.epoch());
            maker.release(LAYER, wokenAgain.epoch());
            assertThat(holder(setup)).isEmpty();
        }
    }

    @Test
    void givesTheGrantBackWhenTheLayerCannotBeWoken() {
        try (WorldRig rig = new WorldRig()) {
            WorldSetup setup = rig.setup(1, 0, WorldRig.workers(1), _ -> {});
            rig.stores.save(new Checkpoint(LAYER, 1, 1, 1, 0, 0, new byte[] {1}));
            assertThatThrownBy(() -> maker(setup).wake(LAYER)).isInstanceOf(RuntimeException.class);
            assertThat(holder(setup)).isEmpty();
        }
    }

    private static CellMaker maker(WorldSetup setup) {
        return new CellMaker(
                setup,
                _ -> new CellPorts(
                        (_, _, _) -> Admission.UNKNOWN, (_, _) -> true, CellListener.none(), Meters.none(), () -> 0),
                (_, _, waiter) -> waiter.durable());
    }

    private static Optional<CellGrant> holder(WorldSetup setup) {
        return ((InPlaceGrants) setup.stores().grants()).holder(LAYER);
    }
}
