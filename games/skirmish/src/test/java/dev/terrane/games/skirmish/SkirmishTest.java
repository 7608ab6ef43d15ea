package dev.terrane.games.skirmish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.RegionId;
import dev.terrane.ecs.Audience;
import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.Schema;
import dev.terrane.plugin.WorldMap;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.plugin.WorldPosition;
import dev.terrane.space.HexPartition;
import dev.terrane.space.Partition;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SkirmishTest {
    private static final Partition SECTOR = new HexPartition(4, 4, 256);

    @Test
    void isFoundAsAPlugin() {
        assertThat(ServiceLoader.load(WorldPlugin.class))
                .anyMatch(plugin -> plugin.name().equals("skirmish"));
    }

    @Test
    void tellsClientsWhatThePageCountsOn() {
        assertThat(replicated(new Skirmish().components()))
                .containsExactly(
                        "skirmish.craft kind variant size",
                        "skirmish.vitals shield armor hull",
                        "skirmish.pilot score kills energy(owner) respawnIn(owner)",
                        "skirmish.gun",
                        "skirmish.bolt",
                        "skirmish.lifetime",
                        "skirmish.drone",
                        "skirmish.spawner",
                        "skirmish.wing energy(squad) cloaked(squad)",
                        "skirmish.hex",
                        "skirmish.hexshare",
                        "skirmish.magazine rounds(owner)",
                        "skirmish.salvage amount",
                        "chat.voice");
        assertThat(replicated(new Skirmish().events()))
                .containsExactly(
                        "skirmish.shot shooter x y toX toY weapon",
                        "skirmish.hit target by amount layer x y",
                        "skirmish.destroyed victim by victimName byName x y kind",
                        "skirmish.judged target seenX seenY x y radius boltX boltY lagTicks firedTick",
                        "skirmish.fired bolt tick",
                        "chat.said speaker name text",
                        "chat.unsaid why");
    }

    @Test
    void tellsClientsWhichBitIsWhichButton() {
        List<String> names = new Skirmish().buttons();
        assertThat(names).hasSize(4);
        assertThat(1 << names.indexOf("FIRE")).isEqualTo(Buttons.FIRE);
        assertThat(1 << names.indexOf("BOOST")).isEqualTo(Buttons.BOOST);
        assertThat(1 << names.indexOf("BRAKE")).isEqualTo(Buttons.BRAKE);
        assertThat(1 << names.indexOf("CLOAK")).isEqualTo(Buttons.CLOAK);
    }

    private static List<String> replicated(List<Class<? extends Record>> records) {
        return Schema.of(records).components().stream()
                .map(SkirmishTest::describe)
                .toList();
    }

    private static String lowerCase(@Nullable Audience audience) {
        return String.valueOf(audience).toLowerCase(Locale.ROOT);
    }

    private static String describe(ComponentType<?> type) {
        StringBuilder text = new StringBuilder(type.name());
        type.fields().stream()
                .filter(field -> field.audience() != null)
                .forEach(field -> text.append(' ')
                        .append(field.name())
                        .append(field.audience() == Audience.ALL ? "" : "(" + lowerCase(field.audience()) + ")"));
        return text.toString();
    }

    @Test
    void letsTheSameCharacterEnterAtTheSamePlaceInTheMiddle() {
        WorldMap map = new WorldMap("test", SECTOR);
        TreeSet<RegionId> used = new TreeSet<>();
        for (long seed = 0; seed < 200; seed++) {
            WorldPosition place = new Skirmish().entrance(map, seed);
            assertThat(new Skirmish().entrance(map, seed)).isEqualTo(place);
            RegionId region = SECTOR.regionAt(place.x(), place.y());
            assertThat(SECTOR.distanceToBorder(
                            region, place.x() - SECTOR.originX(region), place.y() - SECTOR.originY(region)))
                    .as("not at a border")
                    .isGreaterThan(80);
            used.add(region);
        }
        assertThat(used).hasSize(4);
    }

    @Test
    void readsItsOptionsAndRefusesNonsense() {
        assertThat(Population.of(Map.of())).isEqualTo(new Population(7, 12));
        assertThat(Population.of(Map.of("dronesPerRegion", "0", "asteroidsPerRegion", "5000")))
                .isEqualTo(new Population(0, 5000));
        assertThatThrownBy(() -> Population.of(Map.of("dronesPerRegion", "many")))
                .hasMessage("skirmish option dronesPerRegion is 'many', it must be a number from 0 to 5000");
        assertThatThrownBy(() -> Population.of(Map.of("asteroidsPerRegion", "5001")))
                .hasMessageContaining("'5001'");
    }
}
