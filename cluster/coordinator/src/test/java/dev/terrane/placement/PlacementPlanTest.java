package dev.terrane.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import dev.terrane.base.WorldId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlacementPlanTest {
    private static final WorldId WORLD = new WorldId("test");
    private static final PlacementPlan PLAN = new PlacementPlan(2, 1_000, 10);

    @Test
    void putsLayersOfOneRegionApartEvenWithoutLoad() {
        List<Placed> cells = List.of(new Placed(cell(0, 0), 0, 5), new Placed(cell(0, 1), 0, 3));
        assertThat(PLAN.step(cells, 2)).containsExactly(new Move(cell(0, 1), 1));
    }

    @Test
    void movesNothingWhileEverybodyHasHeadroom() {
        List<Placed> cells = List.of(new Placed(cell(0, 0), 0, 500), new Placed(cell(1, 0), 0, 500));
        assertThat(PLAN.step(cells, 2)).isEmpty();
    }

    @Test
    void relievesTheBusiestByTheMoveThatHelpsMost() {
        List<Placed> cells =
                List.of(new Placed(cell(0, 0), 0, 900), new Placed(cell(1, 0), 0, 800), new Placed(cell(2, 0), 1, 100));
        assertThat(PLAN.step(cells, 2)).containsExactly(new Move(cell(1, 0), 1));
    }

    @Test
    void seatsNewLayerWithWhoeverHasNoneOfItsRegion() {
        List<Placed> cells = List.of(new Placed(cell(0, 0), 0, 10), new Placed(cell(1, 0), 1, 500));
        assertThat(PlacementPlan.seatFor(cell(0, 1), cells, 2)).isEqualTo(1);
        assertThat(PlacementPlan.seatFor(cell(2, 0), cells, 2)).isZero();
    }

    @Test
    void comesToRestNeverRaisesThePeakAndKeepsLayersApart() {
        for (long seed = 1; seed <= 300; seed++) {
            Rng rng = new Rng(seed);
            int workers = 1 + rng.nextInt(6);
            List<Placed> cells = new ArrayList<>();
            for (int region = 0; region < 12; region++) {
                int layers = 1 + rng.nextInt(workers);
                for (int layer = 0; layer < layers; layer++) {
                    cells.add(new Placed(cell(region, layer), rng.nextInt(workers), rng.nextInt(2_000)));
                }
            }
            boolean apart = false;
            int steps = 0;
            for (List<Move> moves; !(moves = PLAN.step(cells, workers)).isEmpty(); steps++) {
                assertThat(moves).as("seed " + seed).hasSizeLessThanOrEqualTo(2);
                long peak = peak(cells, workers);
                for (Move move : moves) {
                    cells.replaceAll(placed -> placed.cell().equals(move.cell())
                            ? new Placed(move.cell(), move.toWorker(), placed.loadNanos())
                            : placed);
                }
                if (apart) {
                    assertThat(peak(cells, workers)).as("seed " + seed).isLessThan(peak);
                }
                apart = apart(cells);
                assertThat(steps).as("steps, seed " + seed).isLessThan(200);
            }
            assertThat(apart(cells)).as("layers apart, seed " + seed).isTrue();
        }
    }

    private static boolean apart(List<Placed> cells) {
        return cells.stream()
                        .map(placed -> placed.cell().region() + "@" + placed.worker())
                        .distinct()
                        .count()
                == cells.size();
    }

    private static long peak(List<Placed> cells, int workers) {
        long[] loads = new long[workers];
        long peak = 0;
        for (Placed placed : cells) {
            loads[placed.worker()] += placed.loadNanos();
            peak = Math.max(peak, loads[placed.worker()]);
        }
        return peak;
    }

    private static CellId cell(int region, int layer) {
        return new CellId(WORLD, new RegionId(region, 0), layer);
    }
}
