package dev.terrane.bench;

import dev.terrane.base.Rng;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.FloatColumn;
import dev.terrane.ecs.RowMarks;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Finding what changed among 100,000 entities with four float fields, of which two changed in some rows: by marks, and by comparing
 * every value with a copy. {@code find…} only looks; {@code cycle…} also makes the changes and gets ready for the next round.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class EcsChangesBench {
    private static final int ENTITIES = 100_000;
    private static final int FIELDS = 4;

    @Param({"1", "10", "100"})
    int changedPercent;

    private final Schema schema = Schema.of(Place.class, Motion.class);
    private final EntityStore store = new EntityStore(schema);
    private final Field[] fields = schema.fields().toArray(Field[]::new);
    private final float[][] now = new float[FIELDS][ENTITIES];
    private final float[][] before = new float[FIELDS][ENTITIES];
    private int[] changedRows = {};
    private float value;

    private final int[] foundRows = new int[FIELDS * ENTITIES];
    private final float[] foundValues = new float[FIELDS * ENTITIES];

    @Setup
    public void fill() {
        for (int i = 0; i < ENTITIES; i++) {
            store.spawn(new Place(0, 0), new Motion(0, 0));
        }
        store.flush();
        store.clearChanges();
        changedRows = randomRows(ENTITIES * changedPercent / 100);
        value = 1;
        changeColumns(store.table(0));
        changeArrays();
    }

    private static int[] randomRows(int count) {
        Rng rng = new Rng(1);
        int[] rows = new int[ENTITIES];
        for (int i = 0; i < ENTITIES; i++) {
            rows[i] = i;
        }
        for (int i = 0; i < count; i++) {
            int other = i + rng.nextInt(ENTITIES - i);
            int row = rows[other];
            rows[other] = rows[i];
            rows[i] = row;
        }
        int[] chosen = Arrays.copyOf(rows, count);
        Arrays.sort(chosen); // systems walk their rows in order
        return chosen;
    }

    @Benchmark
    public int findByMarks() {
        return findMarked(store.table(0));
    }

    @Benchmark
    public int findByComparing() {
        return findDifferent();
    }

    @Benchmark
    public int cycleByMarks() {
        value++;
        Table table = store.table(0);
        changeColumns(table);
        int found = findMarked(table);
        store.clearChanges();
        return found;
    }

    @Benchmark
    public int cycleByComparing() {
        value++;
        changeArrays();
        int found = findDifferent();
        for (int field = 0; field < FIELDS; field++) {
            System.arraycopy(now[field], 0, before[field], 0, ENTITIES);
        }
        return found;
    }

    private void changeColumns(Table table) {
        FloatColumn x = table.floats(fields[0]);
        FloatColumn y = table.floats(fields[1]);
        for (int row : changedRows) {
            x.set(row, value);
            y.set(row, value);
        }
    }

    private void changeArrays() {
        for (int row : changedRows) {
            now[0][row] = value;
            now[1][row] = value;
        }
    }

    private int findMarked(Table table) {
        int found = 0;
        for (Field field : fields) {
            RowMarks changed = table.changed(field);
            float[] values = table.floats(field).read();
            for (int first = changed.next(0); first >= 0; first = changed.next((first | 63) + 1)) {
                int word = first >>> 6;
                for (long bits = changed.word(word); bits != 0; bits &= bits - 1) {
                    int row = (word << 6) + Long.numberOfTrailingZeros(bits);
                    foundRows[found] = row;
                    foundValues[found++] = values[row];
                }
            }
        }
        return found;
    }

    private int findDifferent() {
        int found = 0;
        for (int field = 0; field < FIELDS; field++) {
            float[] is = now[field];
            float[] was = before[field];
            for (int row = 0; row < ENTITIES; row++) {
                if (is[row] != was[row]) {
                    foundRows[found] = row;
                    foundValues[found++] = is[row];
                }
            }
        }
        return found;
    }
}
