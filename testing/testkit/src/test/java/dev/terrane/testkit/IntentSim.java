package dev.terrane.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import dev.terrane.cell.CellSettings;
import dev.terrane.cell.CellSettings.Borders;
import dev.terrane.space.HexPartition;
import dev.terrane.space.Partition;
import dev.terrane.space.StripPartition;
import dev.terrane.testkit.Mail.Delivery;
import dev.terrane.testkit.Mail.Letter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

/**
 * Random mail between fast entities that cross borders to and fro and die, among cells that take nothing for a while. Every letter that
 * was accepted comes once, in order, or its target died. A red run names its seed; {@code -Dsim.seed=N} repeats that one alone,
 * {@code -Dsim.seeds=N} runs more.
 */
class IntentSim {
    private static final int SEED_COUNT = Integer.getInteger("sim.seeds", 60);
    private static final int TICK_COUNT = 150;
    private static final int ENTITIES_PER_CELL = 6;

    @Test
    void deliversEachAcceptedLetterOnceAndInOrder() {
        long[] passedOn = new long[1];
        long[] compared = new long[1];
        forEachSeed(seed -> {
            Run run = new Run(seed, false);
            passedOn[0] += run.play();
            compared[0] += run.comparedCount;
        });
        assertThat(compared[0]).as("letters that came the same way as others").isPositive();
        assertThat(passedOn[0] > 0 || Long.getLong("sim.seed") != null)
                .as("mail had to follow somebody")
                .isTrue();
    }

    @Test
    void deliversNothingTwiceThroughRestarts() {
        forEachSeed(seed -> new Run(seed, true).play());
    }

    private static void forEachSeed(LongConsumer run) {
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
        /** Where it was sent from and to whom. */
        private record Sent(String from, long target) {}

        private final List<Delivery> deliveries = Mail.none();
        private final Rng rng;
        private final boolean restarts;
        private final List<RegionId> regions;
        private final Partition partition;
        private final HandCrankedWorld world;
        private final List<Long> ids = new ArrayList<>();
        private final TreeSet<Long> dead = new TreeSet<>();
        private final TreeSet<RegionId> deaf = new TreeSet<>();
        /** By the letter's number. */
        private final TreeMap<Long, Sent> accepted = new TreeMap<>();

        /** Letters that took the same way over a border as one before. */
        private long comparedCount;

        /** By the letter's number: through which cells it went, in order, after the one that sent it. */
        private final TreeMap<Long, String> ways = new TreeMap<>();

        private long number;

        Run(long seed, boolean restarts) {
            this.rng = new Rng(seed);
            this.restarts = restarts;
            this.partition = rng.chance(0.5f)
                    ? new StripPartition(3 + rng.nextInt(4), 128, 256)
                    : new HexPartition(2 + rng.nextInt(2), 2, 90);
            this.regions = partition.regions();
            CellSettings defaults = CellSettings.defaults();
            CellSettings settings = new CellSettings(
                    defaults.rates(),
                    defaults.inboxes(),
                    new Borders(rng.nextInt(9), 5 + rng.nextInt(20)),
                    defaults.avatars(),
                    32);
            this.world = HandCrankedWorld.of(() -> new Mail(deliveries), Map.of(), partition, seed, settings);
            world.watchIntents((cell, batch) -> batch.intents().forEach(intent -> {
                if (intent.body() instanceof Letter letter) {
                    ways.merge(letter.number(), " > " + cell, String::concat);
                }
            }));
        }

        /** How many letters were passed on. */
        long play() {
            world.tick(1);
            for (RegionId region : regions) {
                world.visit(region, cell -> {
                    for (int i = 0; i < ENTITIES_PER_CELL; i++) {
                        float vx = rng.nextFloat(-150, 150);
                        float vy = partition instanceof StripPartition ? 0 : rng.nextFloat(-150, 150);
                        ids.add(cell.idOf(
                                Mail.spawn(cell, partition.originX(region), partition.originY(region), vx, vy)));
                    }
                });
            }
            for (int tick = 0; tick < TICK_COUNT; tick++) {
                disturb();
                for (RegionId region : regions) {
                    write(region);
                }
                world.tick(1);
            }
            hearAll();
            world.tick(40);
            check();
            return world.count("cell_intents_passed_on", "");
        }

        private void disturb() {
            RegionId region = regions.get(rng.nextInt(regions.size()));
            if (rng.chance(0.05f) && deaf.add(region)) {
                world.deafen(region, true);
            } else if (rng.chance(0.2f) && deaf.remove(region)) {
                world.deafen(region, false);
            }
            if (rng.chance(0.05f)) {
                world.visit(region, cell -> {
                    long id = ids.get(rng.nextInt(ids.size()));
                    if (cell.find(id) != 0) {
                        cell.despawn(cell.find(id));
                        dead.add(id);
                    }
                });
            }
            if (restarts && rng.chance(0.03f)) {
                hearAll();
                var spec = world.crash(region);
                do {
                    world.tick(1);
                } while (!world.restart(spec));
            }
        }

        private void hearAll() {
            deaf.forEach(region -> world.deafen(region, false));
            deaf.clear();
        }

        /** To whoever this cell still knows: its own, and those who have left it. */
        private void write(RegionId region) {
            world.visit(region, cell -> {
                for (int i = 0; i < 4; i++) {
                    long id = ids.get(rng.nextInt(ids.size()));
                    String from = cell.cell().toString();
                    if (cell.intend(id, new Letter(from, ++number))) {
                        accepted.put(number, new Sent(from, id));
                    }
                }
            });
        }

        private void check() {
            TreeSet<Long> seen = new TreeSet<>();
            TreeMap<String, Long> last = new TreeMap<>();
            for (Delivery delivery : deliveries) {
                assertThat(seen.add(delivery.number()))
                        .as("letter " + delivery.number() + " comes once")
                        .isTrue();
                assertThat(accepted.get(delivery.number())).isEqualTo(new Sent(delivery.from(), delivery.target()));
            }
            if (restarts) {
                return; // what was on its way to or from a cell that died is lost
            }
            long outrun = world.count("cell_intents_dropped", "outrun");
            long missing = accepted.entrySet().stream()
                    .filter(entry -> !seen.contains(entry.getKey())
                            && !dead.contains(entry.getValue().target()))
                    .count();
            assertThat(missing).as("letters to the living that never came").isEqualTo(outrun);
            assertThat(outrun).as("letters passed on too often").isZero();
            for (Delivery delivery : deliveries) {
                // What is passed on may be overtaken by what knows a shorter way: what takes the same way is in order.
                String way = delivery.from() + ways.getOrDefault(delivery.number(), "") + " for " + delivery.target();
                Long before = last.put(way, delivery.number());
                comparedCount += before != null && ways.containsKey(delivery.number()) ? 1 : 0;
                assertThat(before == null || before < delivery.number())
                        .as(way + ": " + delivery.number() + " after " + before)
                        .isTrue();
            }
        }
    }
}
