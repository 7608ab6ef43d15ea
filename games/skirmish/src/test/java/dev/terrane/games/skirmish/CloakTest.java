package dev.terrane.games.skirmish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.RegionId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.cell.CellSettings;
import dev.terrane.plugin.kit.Controls;
import dev.terrane.plugin.kit.Veiled;
import dev.terrane.protocol.client.SliceListener;
import dev.terrane.protocol.client.SliceState;
import dev.terrane.protocol.client.WireLayout;
import dev.terrane.protocol.cluster.CellFrame;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.SliceAudience;
import dev.terrane.space.ChunkGrid;
import dev.terrane.space.HexPartition;
import dev.terrane.testkit.HandCrankedWorld;
import dev.terrane.testkit.TestPlayer;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CloakTest {
    private static final HexPartition ONE_REGION = new HexPartition(1, 1, 256);

    private final HandCrankedWorld world = HandCrankedWorld.of(
            Skirmish::new,
            Map.of("dronesPerRegion", "0", "asteroidsPerRegion", "0"),
            ONE_REGION,
            1,
            CellSettings.defaults());
    private final TestPlayer ada = world.join("Ada", 0, 0);
    private final WireLayout layout = new WireLayout(world.world().schema().wire());
    private final Map<String, SliceState> slices = new TreeMap<>();
    private final Map<String, Long> audiences = new TreeMap<>();

    private void watch() {
        world.addGateway(5, this::take);
        RegionId region = new RegionId(0, 0);
        int count = new ChunkGrid(ONE_REGION.bounds(region), 64).chunkCount();
        world.offer(
                world.cell(region).id(),
                new CellInput.Watch(5, IntStream.range(0, count).toArray()));
    }

    private void take(CellFrame frame) {
        for (int i = 0; i < frame.sliceCount(); i++) {
            String part = frame.chunk()[i] + "." + frame.part()[i];
            SliceState slice = slices.computeIfAbsent(part, _ -> new SliceState(layout));
            audiences.put(part, frame.audience(i));
            ByteReader body = new ByteReader(frame.bytes(), frame.offset()[i], frame.length()[i]);
            if (frame.baseSeq()[i] < 0) {
                slice.applyKeyframe(body, SliceListener.NONE);
            } else {
                slice.applyDelta(body, SliceListener.NONE);
            }
        }
    }

    private void hold(int buttons, int ticks) {
        for (int i = 0; i < ticks; i++) {
            ada.input(new Controls(0, 0, 0, buttons, 0));
            world.tick(1);
        }
    }

    private boolean tells(long audience, String component) {
        int field = layout.firstFlatIndex(
                world.world().schema().components().type(componentOf(component)).id());
        return slices.entrySet().stream()
                .filter(each -> Long.valueOf(audience).equals(audiences.get(each.getKey())))
                .map(Map.Entry::getValue)
                .anyMatch(slice -> IntStream.range(0, slice.slotLimit())
                        .anyMatch(slot -> slice.entity(slot) == ada.avatar().id()
                                && slice.layout(slot).indexOf(field) >= 0));
    }

    private static Class<? extends Record> componentOf(String name) {
        return name.equals("wing") ? Wing.class : Craft.class;
    }

    private long wing() {
        return SliceAudience.squad(Wing.squadOf(ada.avatar().get(Craft.class).variant()));
    }

    @Test
    void hidesTheShipFromAllButItsWingUntilTheEnergyIsGone() {
        watch();
        world.tick(2);
        assertThat(tells(SliceAudience.EVERYBODY, "craft")).isTrue();
        hold(Buttons.CLOAK, 3);
        assertThat(tells(SliceAudience.EVERYBODY, "craft")).isFalse();
        assertThat(tells(wing(), "craft")).isTrue();
        hold(Buttons.CLOAK, 20 * 9);
        assertThat(ada.avatar().get(Veiled.class).to()).isEqualTo(Veiled.NOT);
        assertThat(tells(SliceAudience.EVERYBODY, "craft")).isTrue();
    }

    @Test
    void aShotUncloaksTheShip() {
        watch();
        hold(Buttons.CLOAK, 3);
        assertThat(ada.avatar().get(Veiled.class).to()).isEqualTo(Veiled.SQUAD);
        hold(Buttons.CLOAK | Buttons.FIRE, 1);
        assertThat(ada.avatar().get(Veiled.class).to()).isEqualTo(Veiled.NOT);
    }

    @Test
    void tellsTheEnergyOfAShipToItsWingAlone() {
        watch();
        world.tick(2);
        assertThat(tells(wing(), "wing")).isTrue();
        assertThat(tells(SliceAudience.EVERYBODY, "wing")).isFalse();
    }
}
