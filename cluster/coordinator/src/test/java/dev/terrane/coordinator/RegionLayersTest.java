package dev.terrane.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import dev.terrane.base.WorldId;
import dev.terrane.bytes.MalformedBytesException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegionLayersTest {
    private static final WorldId WORLD = new WorldId("w");
    private static final RegionId REGION = new RegionId(-3, 7);

    private final CoordinatorState state = new CoordinatorState();

    @Test
    void readsWhatWasWritten() {
        for (long seed = 1; seed <= 200; seed++) {
            RegionLayers layers = any(new Rng(seed));
            if (!layers.equals(RegionLayers.ONE)) {
                assertThat(RegionLayers.read(layers.toBytes()))
                        .as("seed " + seed)
                        .isEqualTo(layers);
            }
        }
    }

    @Test
    void refusesEveryCutValueAndOtherFormats() {
        byte[] whole = RegionLayers.ONE
                .with(4)
                .ordered(new RegionLayers.Merge(300, 4, 0))
                .toBytes();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> RegionLayers.read(cut)).isInstanceOf(MalformedBytesException.class);
        }
        whole[0]++;
        assertThatThrownBy(() -> RegionLayers.read(whole)).hasMessageContaining("format 2");
    }

    @Test
    void leavesNothingInTheLogForARegionThatHasOneLayerAgain() {
        put(RegionLayers.ONE.with(1).entering(1));
        assertThat(RegionLayers.of(state, WORLD, REGION).newcomers()).isEqualTo(1);
        put(RegionLayers.of(state, WORLD, REGION).without(1));
        assertThat(state.keys(ClusterMap.SHARED)).isEmpty();
        assertThat(RegionLayers.of(state, WORLD, REGION)).isEqualTo(RegionLayers.ONE);
    }

    @Test
    void tellsEveryNodeWithTheMap() {
        RegionLayers layers = RegionLayers.ONE.with(2).ordered(new RegionLayers.Divide(9, 0, 3, 2, 0.5f));
        put(layers);
        assertThat(RegionLayers.all(ClusterMap.of(state), WORLD)).containsOnlyKeys(REGION);
        assertThat(RegionLayers.all(ClusterMap.of(state), WORLD)).containsValue(layers);
        assertThat(RegionLayers.all(ClusterMap.of(state), new WorldId("w2"))).isEmpty();
    }

    @Test
    void wantsLayersThatMergeFromNobody() {
        RegionLayers three = RegionLayers.ONE.with(1).with(2);
        put(three);
        assertThat(RegionLayers.wanted(state, WORLD)).containsExactly(cell(1), cell(2));
        put(three.ordered(new RegionLayers.Merge(9, 1, 2)));
        assertThat(RegionLayers.wanted(state, WORLD)).containsExactly(cell(2));
    }

    @Test
    void believesNothingThatItCannotRead() {
        state.apply(1, Entry.of(1, new Command.PutValue(RegionLayers.key(WORLD, REGION), 0, new byte[] {99})));
        assertThat(RegionLayers.wanted(state, WORLD)).isEmpty();
    }

    private void put(RegionLayers layers) {
        String key = RegionLayers.key(WORLD, REGION);
        Command put = new Command.PutValue(key, state.valueVersion(key), layers.toBytes());
        assertThat(state.apply(1, Entry.of(1, put))).isInstanceOf(Outcome.Done.class);
    }

    private static CellId cell(int layer) {
        return new CellId(WORLD, REGION, layer);
    }

    private static RegionLayers any(Rng rng) {
        List<Integer> layers = new ArrayList<>(List.of(0));
        for (int left = rng.nextInt(5); left > 0; left--) {
            layers.add(rng.nextInt(256));
        }
        RegionLayers some = new RegionLayers(layers, layers.getLast(), null);
        int from = some.layers().getLast();
        if (from == 0 || rng.chance(0.3f)) {
            return some;
        }
        return some.ordered(
                rng.chance(0.5f)
                        ? new RegionLayers.Merge(rng.nextInt(1_000_000), from, 0)
                        : new RegionLayers.Divide(rng.nextInt(1_000_000), from, 1 + rng.nextInt(900), 0, 0.25f));
    }
}
