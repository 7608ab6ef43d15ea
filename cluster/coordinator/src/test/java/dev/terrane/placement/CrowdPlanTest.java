package dev.terrane.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import dev.terrane.base.WorldId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CrowdPlanTest {
    private static final RegionId REGION = new RegionId(0, 0);
    private static final CrowdRules RULES =
            new CrowdRules(new CrowdLimits(1_000, 500, 100, 40_000_000), 4, 100, 50, 400, 200);
    private static final int STEP_TICKS = 20;

    private final CrowdPlan plan = new CrowdPlan(RULES);
    private long tick;

    @Test
    void splitsAfterItWasOverForLongEnough() {
        assertThat(look(4, load(0, 1_001))).isEmpty();
        tick += 80;
        assertThat(look(4, load(0, 1_001))).containsExactly(new CrowdStep.Split(cell(0), cell(1), 0.5f));
        assertThat(plan.newcomers(REGION)).isEqualTo(1);
    }

    @Test
    void forgetsWhatWasNotInARow() {
        look(4, load(0, 1_001));
        tick += 80;
        look(4, load(0, 999));
        tick += 80;
        assertThat(look(4, load(0, 1_001))).isEmpty();
    }

    @Test
    void doesNotSplitBeyondTheWorkersThatCouldTakeIt() {
        assertThat(over(1, load(0, 5_000))).isEmpty();
    }

    @Test
    void balancesBeforeItSplits() {
        assertThat(over(4, load(0, 1_500), load(1, 300)))
                .containsExactly(new CrowdStep.Balance(cell(0), cell(1), 0.4f));
    }

    @Test
    void restsAfterEachStep() {
        over(4, load(0, 1_500));
        assertThat(over(4, load(0, 1_500), load(1, 1_400))).as("busy").isEmpty();
        plan.done(REGION, tick);
        assertThat(look(4, load(0, 1_500), load(1, 1_400))).as("cooling down").isEmpty();
        tick += 200;
        assertThat(look(4, load(0, 1_500), load(1, 1_400)))
                .containsExactly(new CrowdStep.Split(cell(0), cell(2), 0.5f));
    }

    @Test
    void mergesWhenCalmForLonger() {
        look(4, load(0, 200), load(1, 200));
        tick += 360;
        assertThat(look(4, load(0, 200), load(1, 200))).isEmpty();
        tick += 40;
        assertThat(look(4, load(0, 200), load(1, 200))).contains(new CrowdStep.Merge(cell(1), cell(0)));
    }

    @Test
    void mergesAtOnceWhenSplittingWasSwitchedOff() {
        CrowdPlan off = new CrowdPlan(new CrowdRules(RULES.limits(), 1, 100, 50, 400, 200));
        assertThat(off.step(1, List.of(load(0, 900), load(1, 900)), 4, false))
                .contains(new CrowdStep.Merge(cell(1), cell(0)));
    }

    @Test
    void sendsNewcomersAwayFromTheLayerThatLeaves() {
        look(4, load(0, 200), load(1, 100));
        tick += 400;
        assertThat(look(4, load(0, 200), load(1, 100))).contains(new CrowdStep.Merge(cell(1), cell(0)));
        assertThat(plan.newcomers(REGION)).isZero();
    }

    @Test
    void splitsTheHeaviestWhenTheWorldCannotKeepUp() {
        CellLoad heavy = new CellLoad(cell(0), 100, 10, 0, 30_000_000, 25_000_000);
        for (int i = 0; i < 5; i++) {
            assertThat(plan.step(tick, List.of(heavy), 2, true)).isEmpty();
            tick += STEP_TICKS;
        }
        assertThat(plan.step(tick, List.of(heavy), 2, true))
                .containsExactly(new CrowdStep.Split(cell(0), cell(1), 0.5f));
    }

    /** A crowd that stays as large as it is splits a few times and then never again, however its ticks jitter; when it goes home, all layers merge. */
    @Test
    void neverFlapsUnderNoisyLoad() {
        for (long seed = 1; seed <= 300; seed++) {
            new Crowd(seed).run();
        }
    }

    /** A region whose entities obey the plan at once, with a noisy tick time. */
    private static final class Crowd {
        private final Rng rng;
        private final String name;
        private final CrowdPlan plan = new CrowdPlan(RULES);
        private final Map<CellId, Integer> layers = new TreeMap<>();
        private final List<CrowdStep> done = new ArrayList<>();
        private long lastChange = Long.MIN_VALUE / 2;

        Crowd(long seed) {
            rng = new Rng(seed);
            name = "seed " + seed;
        }

        void run() {
            layers.put(cell(0), 1 + rng.nextInt(6_000));
            play(0, 20_000);
            int settled = done.size();
            assertThat(settled).as(name).isLessThanOrEqualTo(8);
            play(20_000, 80_000);
            assertThat(done).as("changes of a crowd that stays, " + name).hasSize(settled);
            layers.replaceAll((cell, entities) -> entities / 40);
            play(80_000, 110_000);
            assertThat(layers).as("layers of the few who stayed, " + name).hasSize(1);
        }

        private void play(long from, long until) {
            for (long tick = from; tick < until; tick += STEP_TICKS) {
                List<CellLoad> loads = new ArrayList<>();
                layers.forEach((cell, entities) -> {
                    long nanos = (long) (entities * 20_000L * rng.nextFloat(0.8f, 1.2f));
                    long spike = rng.chance(0.02f) ? 60_000_000 : 0;
                    loads.add(new CellLoad(cell, entities, entities / 4, 0, nanos + spike, nanos));
                });
                for (CrowdStep step : plan.step(tick, loads, 4, false)) {
                    if (!(step instanceof CrowdStep.Newcomers)) {
                        assertThat(tick - lastChange).as(name).isGreaterThanOrEqualTo(RULES.cooldownTicks());
                        lastChange = tick;
                        done.add(step);
                        carryOut(step);
                        plan.done(REGION, tick);
                        assertThat(layers).as(name).hasSizeBetween(1, 4);
                        assertThat(layers).as("layer 0, " + name).containsKey(cell(0));
                    }
                }
            }
        }

        private void carryOut(CrowdStep step) {
            switch (step) {
                case CrowdStep.Split split -> give(split.crowded(), split.fresh(), split.share());
                case CrowdStep.Balance balance -> give(balance.crowded(), balance.emptier(), balance.share());
                case CrowdStep.Merge merge -> {
                    give(merge.leaving(), merge.target(), 1);
                    layers.remove(merge.leaving());
                }
                case CrowdStep.Newcomers _ -> {}
            }
        }

        private void give(CellId from, CellId to, float share) {
            int given = Math.round(layers.getOrDefault(from, 0) * share);
            layers.merge(from, -given, Integer::sum);
            layers.merge(to, given, Integer::sum);
        }
    }

    private List<CrowdStep> over(int workers, CellLoad... loads) {
        look(workers, loads);
        tick += 80;
        return look(workers, loads);
    }

    private List<CrowdStep> look(int workers, CellLoad... loads) {
        tick += STEP_TICKS;
        return plan.step(tick, List.of(loads), workers, false);
    }

    private static CellLoad load(int layer, int entities) {
        return new CellLoad(cell(layer), entities, entities / 4, 0, 1_000_000, 1_000_000);
    }

    private static CellId cell(int layer) {
        return new CellId(new WorldId("test"), REGION, layer);
    }
}
