package dev.terrane.server.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.ecs.EntityStore;
import dev.terrane.placement.CrowdLimits;
import dev.terrane.placement.CrowdRules;
import dev.terrane.placement.LadderRules;
import dev.terrane.plugin.CellContext;
import dev.terrane.protocol.cluster.CellOutput;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class CrowdTest {
    private static final RegionId REGION = new RegionId(0, 0);
    private static final CellId FIRST = new CellId(new WorldId("test"), REGION, 0);
    private static final CellId SECOND = new CellId(new WorldId("test"), REGION, 1);
    private static final int ENTITIES = 100;
    private static final CrowdRules RULES =
            new CrowdRules(new CrowdLimits(80, 1_000, 100_000, Long.MAX_VALUE / 1_000), 2, 1, 50, 20, 20);
    private static final WorldSetup.Pace PACE = new WorldSetup.Pace(2, 3_600, RULES, LadderRules.OFF);

    private final Map<CellId, Integer> alive = new ConcurrentHashMap<>();
    private volatile boolean dying;

    @Test
    void splitsRegionOverItsLimitPlaysOnAndMergesBackWhenItIsCalm() {
        try (WorldRig rig = new WorldRig();
                HostedWorld world = rig.start(2, ENTITIES, PACE, this::tick)) {
            assertThat(WorldRig.comesTrue(() -> shares(world)))
                    .as("split, half and half: " + alive)
                    .isTrue();
            assertThat(world.layerCounts()).containsEntry(REGION, 2);
            assertThat(world.entrance(REGION)).as("newcomers").isEqualTo(Optional.of(SECOND));
            assertThat(world.ready()).isTrue();
            assertThat(world.cellReadings()).extracting(CellReading::cell).contains(FIRST, SECOND);
            assertThat(readingOf(world, FIRST).worker())
                    .as("threads of the layers")
                    .isNotEmpty()
                    .isNotEqualTo(readingOf(world, SECOND).worker());
            assertThat(rig.told).anyMatch(CrowdTest::announcesTwo);
            dying = true;
            assertThat(WorldRig.comesTrue(() -> world.layerCounts().isEmpty()))
                    .as("merged")
                    .isTrue();
            assertThat(WorldRig.comesTrue(() -> world.entityCount() == 20)).isTrue();
            assertThat(WorldRig.comesTrue(() -> world.entrance(REGION).equals(Optional.of(FIRST))))
                    .as("newcomers")
                    .isTrue();
        }
    }

    @Test
    void bringsLayersBackAfterARestart() {
        try (WorldRig rig = new WorldRig()) {
            try (HostedWorld world = rig.start(2, ENTITIES, PACE, this::tick)) {
                assertThat(WorldRig.comesTrue(() -> shares(world)))
                        .as("split: " + alive)
                        .isTrue();
            }
            alive.clear();
            try (HostedWorld again = rig.start(2, ENTITIES, PACE, this::tick)) {
                assertThat(again.layerCounts().get(REGION)).isEqualTo(2);
                assertThat(WorldRig.comesTrue(() -> again.entityCount() == 2 * ENTITIES))
                        .isTrue();
            }
        }
    }

    private static CellReading readingOf(HostedWorld world, CellId cell) {
        return world.cellReadings().stream()
                .filter(reading -> reading.cell().equals(cell))
                .findFirst()
                .orElseThrow();
    }

    private boolean shares(HostedWorld world) {
        int second = alive.getOrDefault(SECOND, 0);
        return world.entityCount() == 2 * ENTITIES
                && second > ENTITIES / 4
                && alive.getOrDefault(FIRST, 0) + second == ENTITIES;
    }

    private static boolean announcesTwo(CellOutput output) {
        return output instanceof CellOutput.Layers layers
                && layers.region().equals(REGION)
                && layers.layers().length == 2;
    }

    /** Every cell keeps what makes a calm world: ten of its entities. */
    private void tick(CellContext cell) {
        EntityStore store = cell.entities();
        int count = 0;
        for (int slot = 0; slot < store.slotLimit(); slot++) {
            long entity = store.handleAt(slot);
            if (store.alive(entity) && ++count > 10 && dying) {
                cell.despawn(entity);
            }
        }
        alive.put(cell.cell(), count);
    }
}
