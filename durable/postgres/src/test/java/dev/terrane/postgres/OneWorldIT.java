package dev.terrane.postgres;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import org.junit.jupiter.api.Test;

class OneWorldIT {
    private static final WorldId SKIRMISH = new WorldId("skirmish");
    private static final WorldId ARENA = new WorldId("arena");

    @Test
    void refusesASecondWorldInADatabase() {
        try (OwnDatabase own = OwnDatabase.make()) {
            PostgresStore store = own.store();
            OneWorld.require(store.database(), SKIRMISH);
            OneWorld.require(store.database(), ARENA);
            store.grants().grant(new CellId(SKIRMISH, RegionId.ORIGIN, 0), Worlds.NODE);
            OneWorld.require(store.database(), SKIRMISH);
            assertThatThrownBy(() -> OneWorld.require(store.database(), ARENA))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("world.name is arena, but this database holds skirmish")
                    .hasMessageContaining("Set world.name = skirmish again");
        }
    }
}
