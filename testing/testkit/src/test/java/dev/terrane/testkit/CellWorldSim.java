package dev.terrane.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import dev.terrane.cell.CellSettings;
import dev.terrane.cell.CellSettings.Avatars;
import dev.terrane.cell.CellSettings.Borders;
import dev.terrane.cell.CellSpec;
import dev.terrane.plugin.kit.Avatar;
import dev.terrane.plugin.kit.Controls;
import dev.terrane.plugin.kit.Identity;
import dev.terrane.space.HexPartition;
import dev.terrane.space.Partition;
import dev.terrane.space.StripPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random worlds: players and drifters on random walks over 4 to 9 cells, cells that take nothing for a while, images at different ticks,
 * crashes of one cell or of all. A red run names its seed; {@code -Dsim.seed=N} repeats that one alone, {@code -Dsim.seeds=N} runs more.
 */
class CellWorldSim {
    private static final int SEED_COUNT = Integer.getInteger("sim.seeds", 100);
    private static final int TICK_COUNT = 300;
    private static final int CHECK_TICKS = 5;
    private static final int PLAYER_COUNT = 5;
    private static final int DRIFTERS_PER_CELL = 12;

    @Test
    void appliesEachInputOnceAndKeepsEachEntityInOneCell() {
        forEachSeed(seed -> new Run(seed).play(false));
    }

    @Test
    void losesAndDoublesNobodyThroughCrashes() {
        forEachSeed(seed -> new Run(seed).play(true));
    }

    @Test
    void appliesEachInputOnceWhileRegionsSplitAndMerge() {
        forEachSeed(seed -> new Run(seed).splitting().play(false));
    }

    @Test
    void losesAndDoublesNobodyThroughCrashesWhileRegionsSplitAndMerge() {
        forEachSeed(seed -> new Run(seed).splitting().play(true));
    }

    /** The checks above are no decoration: each of these breaks a rule of splits and merges, and some seed is red. */
    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void noticesBrokenSplitsAndMerges(LayerFault fault) {
        for (long seed = 1; seed <= SEED_COUNT; seed++) {
            try {
                new Run(seed).splitting().breaking(fault).play(true);
            } catch (RuntimeException | AssertionError noticed) {
                return;
            }
        }
        throw new AssertionError("nobody noticed " + fault + " in " + SEED_COUNT + " seeds");
    }

    @Test
    void repeatsItselfFromTheSameSeed() {
        for (long seed = 1; seed <= 5; seed++) {
            assertThat(new Run(seed).hashing().play(false))
                    .as("seed " + seed)
                    .isEqualTo(new Run(seed).hashing().play(false));
        }
    }

    private static void forEachSeed(java.util.function.LongConsumer run) {
        Long single = Long.getLong("sim.seed");
        long first = single == null ? 1 : single;
        long last = single == null ? SEED_COUNT : single;
        for (long seed = first; seed <= last; seed++) {
            try {
                run.accept(seed);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + " failed; repeat it with -Dsim.seed=" + seed, e);
            }
        }
    }

    /** One seed. */
    private static final class Run {
        private final Rng rng;
        private final Partition partition;
        private final List<RegionId> regions;
        private final HandCrankedWorld world;
        private final List<TestPlayer> players = new ArrayList<>();
        private final List<Integer> sent = new ArrayList<>();
        private final TreeSet<RegionId> deaf = new TreeSet<>();
        private boolean hashing;
        private boolean splitting;
        private long hash;

        Run(long seed) {
            this.rng = new Rng(seed);
            this.partition = rng.chance(0.5f)
                    ? new StripPartition(4 + rng.nextInt(6), 128, 256)
                    : new HexPartition(2 + rng.nextInt(2), 2 + rng.nextInt(2), 90);
            this.regions = partition.regions();
            CellSettings defaults = CellSettings.defaults();
            CellSettings settings = new CellSettings(
                    defaults.rates(),
                    defaults.inboxes(),
                    new Borders(rng.nextInt(9), rng.nextInt(25)),
                    new Avatars(100, 8, 10_000),
                    32);
            this.world = HandCrankedWorld.of(
                    Drift::new,
                    Map.of("drifters", "" + DRIFTERS_PER_CELL, "turns", "30", "numbered", "yes"),
                    partition,
                    seed,
                    settings);
        }

        Run splitting() {
            splitting = true;
            return this;
        }

        Run breaking(LayerFault fault) {
            world.breakLayers(fault);
            return this;
        }

        Run hashing() {
            hashing = true;
            return this;
        }

        long play(boolean crashes) {
            world.tick(1);
            for (int i = 0; i < PLAYER_COUNT; i++) {
                RegionId home = regions.get(rng.nextInt(regions.size()));
                players.add(world.join("player-" + i, partition.originX(home), partition.originY(home)));
                sent.add(0);
            }
            for (int tick = 0; tick < TICK_COUNT; tick++) {
                disturb(crashes);
                players.forEach(this::steer);
                world.tick(1);
                if (hashing) {
                    hash = hash * 31 + world.stateHash();
                }
                if (tick % CHECK_TICKS == 0) {
                    checkEachOnce();
                }
            }
            deaf.forEach(region -> world.deafen(region, false));
            world.tick(60);
            for (int i = 0; i < 5 && world.inTransitCount() > 0; i++) {
                world.tick(1);
            }
            checkEachOnce();
            for (int i = 0; world.mergingCount() > 0; i++) {
                assertThat(i).as("ticks until all merges are over").isLessThan(60);
                world.tick(1);
            }
            if (!crashes) {
                checkInputs();
            }
            return hash;
        }

        private void steer(TestPlayer player) {
            int count = rng.chance(0.05f) ? rng.nextInt(4) : 1; // now and then a hiccup or a burst
            for (int i = 0; i < count && player.joined(); i++) {
                int index = players.indexOf(player);
                sent.set(index, sent.get(index) + 1);
                int phase = (int) (world.lastTick() / 40) + index;
                float x = (phase & 1) == 0 ? 1 : -1;
                float y = (phase & 2) == 0 ? 1 : -1;
                player.input(new Controls(x, y, sent.get(index), 0, 0));
            }
        }

        private void disturb(boolean crashes) {
            RegionId region = regions.get(rng.nextInt(regions.size()));
            if (rng.chance(0.02f) && deaf.add(region)) {
                world.deafen(region, true);
            } else if (rng.chance(0.1f) && deaf.remove(region)) {
                world.deafen(region, false);
            }
            if (splitting && rng.chance(0.04f)) {
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
            if (crashes && rng.chance(0.01f)) {
                world.crashAll();
                comeBack();
            } else if (crashes && rng.chance(0.003f)) {
                deaf.forEach(other -> world.deafen(other, false));
                deaf.clear();
                world.shutDown();
                world.crashAll();
                comeBack();
            } else if (crashes && rng.chance(0.01f)) {
                crashOne(region);
            }
        }

        /** Rather one of a region that is split: what falls there is in the middle of something. */
        private void crashOne(RegionId any) {
            RegionId region = regions.stream()
                    .filter(one -> world.layersOf(one).size() > 1)
                    .findFirst()
                    .orElse(any);
            deaf.forEach(other -> world.deafen(other, false));
            deaf.clear();
            List<Integer> layers = world.layersOf(region);
            List<CellSpec> fallen = world.crashLayer(region, layers.get(rng.nextInt(layers.size())));
            int ticks = 0;
            do {
                world.tick(1);
                assertThat(++ticks).as("ticks until the cell is back").isLessThan(30);
            } while (!world.restart(fallen));
            world.tick(1);
            comeBack();
        }

        /** As gateways do when they hear of a restart. Numbers go on, so an input of the lost past is never applied twice. */
        private void comeBack() {
            deaf.forEach(other -> world.deafen(other, false));
            deaf.clear();
            for (TestPlayer player : players) {
                for (int attempt = 0; attempt == 0 || !player.joined(); attempt++) {
                    assertThat(attempt).as("joins of " + player.name()).isLessThan(30);
                    world.rejoin(player, partition.originX(regions.getFirst()), 0);
                }
                sent.set(players.indexOf(player), player.ackedSeq());
            }
        }

        private void checkEachOnce() {
            assertThat(world.entities(Avatar.class).stream()
                            .map(entity -> entity.get(Avatar.class).characterLow())
                            .toList())
                    .as("characters with an avatar at tick " + world.lastTick())
                    .doesNotHaveDuplicates();
            List<Long> ids =
                    world.entities(Identity.class).stream().map(EntityView::id).toList();
            assertThat(ids).as("entities alive").doesNotHaveDuplicates();
            assertThat(ids.size() + world.inTransitCount())
                    .as("entities alive or on their way at tick " + world.lastTick())
                    .isEqualTo(DRIFTERS_PER_CELL * regions.size() + PLAYER_COUNT);
        }

        private void checkInputs() {
            long applied = 0;
            long all = 0;
            for (int i = 0; i < PLAYER_COUNT; i++) {
                TestPlayer player = players.get(i);
                assertThat(player.ackedSeq())
                        .as("last acknowledged of " + player.name())
                        .isEqualTo(sent.get(i));
                Drift.Deeds deeds = player.avatar().get(Drift.Deeds.class);
                assertThat(deeds.lastAim()).isEqualTo(sent.get(i).floatValue());
                applied += deeds.inputCount();
                all += sent.get(i);
            }
            assertThat(world.entities(Avatar.class)).hasSize(PLAYER_COUNT);
            assertThat(applied + world.count("cell_inputs_dropped", "drop_oldest"))
                    .as("inputs applied or dropped and counted")
                    .isEqualTo(all);
        }
    }
}
