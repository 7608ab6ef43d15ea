package dev.terrane.testkit;

import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import dev.terrane.cell.CellSettings;
import dev.terrane.cell.CellSettings.Avatars;
import dev.terrane.cell.CellSettings.Borders;
import dev.terrane.cell.CellSettings.Rates;
import dev.terrane.cell.CellSpec;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.plugin.kit.Controls;
import dev.terrane.space.HexPartition;
import dev.terrane.space.Partition;
import dev.terrane.space.StripPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;

/** A random world of any game, with a {@link Twins twin} beside each cell: borders, splits and merges, full ways, lost connections, restarts. */
public final class TwinTrial {
    private static final int PLAYER_COUNT = 5;

    private final Rng rng;
    private final Partition partition;
    private final List<RegionId> regions;
    private final Twins twins;
    private final HandCrankedWorld world;
    private final List<TestPlayer> players = new ArrayList<>();
    private float lastAim;
    private final TreeSet<RegionId> deaf = new TreeSet<>();

    public TwinTrial(long seed, Supplier<? extends WorldPlugin> plugin, Map<String, String> options) {
        this.rng = new Rng(seed);
        this.partition = rng.chance(0.5f)
                ? new StripPartition(4 + rng.nextInt(4), 128, 256)
                : new HexPartition(2 + rng.nextInt(2), 2, 90);
        this.regions = partition.regions();
        CellSettings defaults = CellSettings.defaults();
        CellSettings settings = new CellSettings(
                rng.chance(0.5f) ? defaults.rates() : new Rates(20, 10),
                defaults.inboxes(),
                new Borders(rng.nextInt(9), rng.nextInt(25)),
                new Avatars(100, 8, 40),
                32);
        this.twins = new Twins(plugin, options, 1 + rng.nextInt(60));
        this.world = HandCrankedWorld.tapped(plugin, options, partition, seed, settings, twins);
    }

    /** @throws AssertionError when a cell and its twin differ */
    public void play(int tickCount) {
        world.tick(1);
        for (int i = 0; i < PLAYER_COUNT; i++) {
            RegionId home = regions.get(rng.nextInt(regions.size()));
            players.add(world.join("player-" + i, partition.originX(home), partition.originY(home)));
        }
        for (int tick = 0; tick < tickCount; tick++) {
            disturb();
            players.forEach(this::steer);
            world.tick(1);
        }
        if (twins.comparedTickCount() < tickCount * 3L || twins.comparedImageCount() < tickCount) {
            throw new AssertionError("only " + twins.comparedTickCount() + " ticks were compared");
        }
    }

    private void steer(TestPlayer player) {
        int count = rng.chance(0.2f) ? rng.nextInt(4) : 1;
        for (int i = 0; i < count && player.joined(); i++) {
            int phase = (int) (world.lastTick() / 40) + players.indexOf(player);
            int buttons = rng.nextInt(4);
            player.input(
                    new Controls((phase & 1) == 0 ? 1 : -1, (phase & 2) == 0 ? 1 : -1, ++lastAim, buttons, 0),
                    world.lastTick() - rng.nextFloat(-1, 14));
        }
    }

    private void disturb() {
        RegionId region = regions.get(rng.nextInt(regions.size()));
        if (rng.chance(0.04f) && deaf.add(region)) {
            world.deafen(region, true);
        } else if (rng.chance(0.1f) && deaf.remove(region)) {
            world.deafen(region, false);
        }
        if (rng.chance(0.04f)) {
            int last = world.layersOf(region).getLast();
            if (last == 0 || (last < 3 && rng.chance(0.3f))) {
                world.split(region, rng.nextFloat(0.2f, 0.8f));
            } else {
                world.merge(region, last);
            }
        }
        if (rng.chance(0.05f)) {
            world.checkpoint(region);
        }
        if (rng.chance(0.02f)) {
            players.get(rng.nextInt(players.size())).disconnect();
        }
        if (rng.chance(0.01f)) {
            crashOne(region);
        }
    }

    private void crashOne(RegionId region) {
        deaf.forEach(other -> world.deafen(other, false));
        deaf.clear();
        List<Integer> layers = world.layersOf(region);
        List<CellSpec> fallen = world.crashLayer(region, layers.get(rng.nextInt(layers.size())));
        int ticks = 0;
        do {
            world.tick(1);
            if (++ticks > 30) {
                throw new AssertionError(region + " does not come back");
            }
        } while (!world.restart(fallen));
    }
}
