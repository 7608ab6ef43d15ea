package dev.terrane.bench;

import dev.terrane.base.Rng;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;
import dev.terrane.interest.NeighbourGrid;
import dev.terrane.plugin.Past;
import dev.terrane.plugin.Place;
import dev.terrane.plugin.kit.Kit;
import dev.terrane.plugin.kit.Position;
import dev.terrane.rewind.History;
import dev.terrane.rewind.HistoryLimits;
import dev.terrane.space.Bounds;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What looking back costs a tick: remembering 1,000 entities and 200 ghosts, then 50 bolts in flight that are judged by the past, beside the same 50 judged by the present. Each is a whole
 * tick with its index, as a cell has to make it. Bolts of the past are of shooters who lag 2 to 8 ticks, so their looks share few indexes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RewindBench {
    private static final int OWN_COUNT = 1_000;
    private static final int GHOST_COUNT = 200;
    private static final int BOLT_COUNT = 50;
    private static final float SIDE_METRES = 250;
    private static final float REACH_METRES = 18;
    private static final Bounds BOUNDS = new Bounds(-SIDE_METRES, -SIDE_METRES, SIDE_METRES, SIDE_METRES);
    private static final Schema SCHEMA = Schema.of(Kit.COMPONENTS);

    private final EntityStore store = new EntityStore(SCHEMA);
    private final Field fieldX = SCHEMA.field(Position.class, "x");
    private final Field fieldY = SCHEMA.field(Position.class, "y");
    private final NeighbourGrid grid = new NeighbourGrid(BOUNDS, 64);
    private final History history = new History(new HistoryLimits(20, 25), BOUNDS, 64);
    private final Place place = new Place();
    private final long[] found = new long[256];
    private final float[] boltX = new float[BOLT_COUNT];
    private final float[] boltY = new float[BOLT_COUNT];
    private final float[] lag = new float[BOLT_COUNT];
    private final Table table = filled(store);
    private long tick;

    private static Table filled(EntityStore store) {
        Rng rng = new Rng(7);
        for (int i = 0; i < OWN_COUNT + GHOST_COUNT; i++) {
            store.spawn(new Position(side(rng), side(rng), 0));
        }
        store.flush();
        return store.query(SCHEMA.type(Position.class)).iterator().next();
    }

    @Setup
    public void aim() {
        Rng rng = new Rng(8);
        for (int i = 0; i < BOLT_COUNT; i++) {
            boltX[i] = side(rng);
            boltY[i] = side(rng);
            lag[i] = rng.nextFloat(2, 8);
        }
        for (int i = 0; i < 40; i++) {
            remember();
        }
    }

    private static float side(Rng rng) {
        return rng.nextFloat(-SIDE_METRES, SIDE_METRES);
    }

    /** Everybody goes back and forth, a metre a tick. */
    @Benchmark
    public int remember() {
        tick++;
        history.begin(tick);
        float step = (tick & 64) == 0 ? 1 : -1;
        float[] x = table.floats(fieldX).write();
        float[] y = table.floats(fieldY).read();
        for (int row = OWN_COUNT; row < OWN_COUNT + GHOST_COUNT; row++) {
            history.file(row + 1, tick - 1, x[row], y[row], 0);
        }
        for (int row = 0; row < OWN_COUNT + GHOST_COUNT; row++) {
            x[row] += step;
        }
        for (int row = 0; row < OWN_COUNT; row++) {
            history.file(row + 1, tick, x[row], y[row], 0);
        }
        return history.rememberedCount();
    }

    @Benchmark
    public float rememberAndLookBack() {
        remember();
        float sum = 0;
        for (int bolt = 0; bolt < BOLT_COUNT; bolt++) {
            Past seen = history.at(lag[bolt]);
            int count = seen.near(boltX[bolt], boltY[bolt], REACH_METRES, found);
            for (int i = 0; i < count; i++) {
                seen.find(found[i], place);
                sum += place.x;
            }
            Past before = history.at(lag[bolt] + 1);
            for (int i = 0; i < count; i++) {
                before.find(found[i], place);
                sum += place.x;
            }
        }
        return sum;
    }

    @Benchmark
    public float lookAtThePresent() {
        grid.rebuild(store);
        float sum = 0;
        for (int bolt = 0; bolt < BOLT_COUNT; bolt++) {
            int count = grid.near(boltX[bolt], boltY[bolt], REACH_METRES, found);
            for (int i = 0; i < count; i++) {
                sum += table.floats(fieldX).get(store.rowOf(found[i]));
            }
        }
        return sum;
    }
}
