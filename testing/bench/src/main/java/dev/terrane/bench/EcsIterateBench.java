package dev.terrane.bench;

import dev.dominion.ecs.api.Dominion;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.FloatColumn;
import dev.terrane.ecs.Query;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One step of motion for 100,000 entities: {@code x += vx·dt, y += vy·dt}. The goal: columns within 1.5 times the plain loop. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class EcsIterateBench {
    private static final int ENTITIES = 100_000;
    private static final float DT = 0.05f;

    private final float[] x = new float[ENTITIES];
    private final float[] y = new float[ENTITIES];
    private final float[] motionX = new float[ENTITIES];
    private final float[] motionY = new float[ENTITIES];

    private final Schema schema = Schema.of(Place.class, Motion.class);
    private final EntityStore store = new EntityStore(schema);
    private final Query moving = store.query(schema.type(Place.class), schema.type(Motion.class));
    private final Field placeX = schema.field(Place.class, "x");
    private final Field placeY = schema.field(Place.class, "y");
    private final Field speedX = schema.field(Motion.class, "x");
    private final Field speedY = schema.field(Motion.class, "y");

    private final Dominion dominion = Dominion.create();

    /** Dominion keeps objects, so its components are mutable classes, as its own examples have them. */
    static final class MutablePlace {
        float x;
        float y;
    }

    /** See {@link MutablePlace}. */
    static final class MutableMotion {
        final float x;
        final float y;

        MutableMotion(float x, float y) {
            this.x = x;
            this.y = y;
        }
    }

    @Setup
    public void fill() {
        for (int i = 0; i < ENTITIES; i++) {
            motionX[i] = i % 7 - 3;
            motionY[i] = i % 5 - 2;
            store.spawn(new Place(0, 0), new Motion(motionX[i], motionY[i]));
            dominion.createEntity(new MutablePlace(), new MutableMotion(motionX[i], motionY[i]));
        }
        store.flush();
    }

    @TearDown
    public void close() {
        dominion.close();
    }

    /** The yardstick: four arrays and nothing else. */
    @Benchmark
    public float plainLoop() {
        for (int i = 0; i < ENTITIES; i++) {
            x[i] += motionX[i] * DT;
            y[i] += motionY[i] * DT;
        }
        return x[1];
    }

    /** Bare arrays, every row marked as changed. */
    @Benchmark
    public float columnsWrite() {
        float last = 0;
        for (Table table : moving) {
            float[] toX = table.floats(placeX).write();
            float[] toY = table.floats(placeY).write();
            float[] byX = table.floats(speedX).read();
            float[] byY = table.floats(speedY).read();
            for (int row = 0, size = table.size(); row < size; row++) {
                toX[row] += byX[row] * DT;
                toY[row] += byY[row] * DT;
            }
            last = toX[1];
        }
        return last;
    }

    /** Row by row, only what differs is marked. */
    @Benchmark
    public float columnsSet() {
        float last = 0;
        for (Table table : moving) {
            FloatColumn toX = table.floats(placeX);
            FloatColumn toY = table.floats(placeY);
            FloatColumn byX = table.floats(speedX);
            FloatColumn byY = table.floats(speedY);
            for (int row = 0, size = table.size(); row < size; row++) {
                toX.set(row, toX.get(row) + byX.get(row) * DT);
                toY.set(row, toY.get(row) + byY.get(row) * DT);
            }
            last = toX.get(1);
        }
        return last;
    }

    /** A public Java ECS, without any change tracking. */
    @Benchmark
    public float dominion() {
        float last = 0;
        for (var found : dominion.findEntitiesWith(MutablePlace.class, MutableMotion.class)) {
            MutablePlace place = found.comp1();
            MutableMotion motion = found.comp2();
            place.x += motion.x * DT;
            place.y += motion.y * DT;
            last = place.x;
        }
        return last;
    }
}
