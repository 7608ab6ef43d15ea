package dev.terrane.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdsTest {
    @Test
    void anEntityIdKeepsBothHalves() {
        EntityId id = EntityId.of(Integer.MAX_VALUE, -1);
        assertThat(id.incarnation()).isEqualTo(Integer.MAX_VALUE);
        assertThat(id.counter()).isEqualTo(-1);
        assertThat(id).hasToString("2147483647:4294967295");
    }

    @Test
    void entityIdsOrderByIncarnationThenCounter() {
        List<EntityId> rising = List.of(EntityId.of(1, 1), EntityId.of(1, -1), EntityId.of(2, 0), EntityId.of(-1, 0));
        assertThat(rising.reversed().stream().sorted()).isEqualTo(rising);
    }

    @Test
    void aRegionSurvivesPacking() {
        Rng rng = new Rng(3);
        for (int i = 0; i < 1_000; i++) {
            RegionId region = new RegionId((int) rng.nextLong(), (int) rng.nextLong());
            assertThat(RegionId.unpack(region.packed())).isEqualTo(region);
        }
        assertThat(RegionId.unpack(new RegionId(-1, -1).packed())).isEqualTo(new RegionId(-1, -1));
    }

    @Test
    void cellsOrderByWorldThenRegionThenLayer() {
        List<CellId> rising = Stream.of("a/-1,5#0", "a/0,-7#0", "a/0,-7#1", "b/-9,0#0")
                .map(IdsTest::cell)
                .toList();
        assertThat(rising.reversed().stream().sorted()).isEqualTo(rising);
    }

    @Test
    void namesAreRefusedWithTheirRule() {
        assertThatThrownBy(() -> new WorldId("Skirmish")).hasMessageContaining("1 to 32 of a-z");
        assertThatThrownBy(() -> new WorldId("")).hasMessageContaining("''");
        assertThatThrownBy(() -> new NodeId("a b")).hasMessageContaining("1 to 64 of a-z");
        assertThatThrownBy(() -> new CellId(new WorldId("a"), RegionId.ORIGIN, 256))
                .hasMessageContaining("0 to 255");
    }

    private static CellId cell(String text) {
        String[] parts = text.split("[/,#]");
        RegionId region = new RegionId(Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
        CellId cell = new CellId(new WorldId(parts[0]), region, Integer.parseInt(parts[3]));
        assertThat(cell).hasToString(text);
        return cell;
    }
}
