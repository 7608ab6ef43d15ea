package dev.terrane.bench;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import dev.terrane.base.WorldId;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.FloatColumn;
import dev.terrane.ecs.IntColumn;
import dev.terrane.ecs.Query;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;
import dev.terrane.interest.AvatarList;
import dev.terrane.interest.SliceBoard;
import dev.terrane.interest.SliceBoard.FrameHeader;
import dev.terrane.plugin.kit.Allegiance;
import dev.terrane.plugin.kit.Heading;
import dev.terrane.plugin.kit.Identity;
import dev.terrane.plugin.kit.Kit;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Veiled;
import dev.terrane.protocol.cluster.CellFrame;
import dev.terrane.space.Bounds;
import dev.terrane.space.ChunkGrid;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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

/** Deltas of 1,000 entities that all move, in a region of 256 m: plain ones, ones in squads of 8 of whom nobody hides, and of whom some do; a few hide or show themselves at each snapshot. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class VeilBench {
    private static final int ENTITIES = 1_000;
    private static final int SQUAD_SIZE = 8;
    private static final float HALF = 128;
    /** Of those that may hide, so many change their mind at each snapshot. */
    private static final int FICKLE_SHARE = 20;

    private static final CellId CELL = new CellId(new WorldId("bench"), RegionId.ORIGIN, 0);

    /** -1: without the components. */
    @Param({"-1", "0", "10", "50"})
    int hiddenPercent;

    private final Schema schema = Schema.of(Kit.COMPONENTS);
    private final EntityStore store = new EntityStore(schema);
    private final ChunkGrid chunks = new ChunkGrid(new Bounds(-HALF, -HALF, HALF, HALF), 64);
    private final SliceBoard board = new SliceBoard(store, Schema.of(), chunks);
    private final Query all = store.query(schema.type(Position.class));
    private final Field x = schema.field(Position.class, "x");
    private final Field yaw = schema.field(Heading.class, "yaw");
    private final Field veil = schema.field(Veiled.class, "to");
    private final AvatarList nobody = new AvatarList();
    private long tick;

    @Setup
    public void populate() {
        Rng rng = new Rng(7);
        for (int i = 0; i < ENTITIES; i++) {
            Identity identity = new Identity(i + 1L, 1, 0);
            Position position = new Position(rng.nextFloat(-HALF, HALF), rng.nextFloat(-HALF, HALF), 0);
            if (hiddenPercent < 0) {
                store.spawn(identity, position, new Heading(0));
            } else {
                int to = i % 100 < hiddenPercent ? Veiled.SQUAD : Veiled.NOT;
                store.spawn(identity, position, new Heading(0), new Allegiance(1 + i / SQUAD_SIZE, 0), new Veiled(to));
            }
        }
        store.flush();
        board.watch(0, IntStream.range(0, chunks.chunkCount()).toArray());
        deltas();
    }

    @Benchmark
    public CellFrame deltas() {
        for (Table table : all) {
            FloatColumn xs = table.floats(x);
            FloatColumn yaws = table.floats(yaw);
            for (int row = 0; row < table.size(); row++) {
                xs.set(row, xs.get(row) + (tick & 1) - 0.5f);
                yaws.set(row, yaws.get(row) + 0.03f);
            }
            if (hiddenPercent > 0) {
                changeMinds(table.ints(veil));
            }
        }
        board.collect(++tick);
        return board.frame(0, new FrameHeader(CELL, 1, tick, 0, 1), nobody);
    }

    private void changeMinds(IntColumn veils) {
        for (int i = (int) (tick % FICKLE_SHARE); i < ENTITIES; i += FICKLE_SHARE) {
            if (i % 100 < hiddenPercent) {
                veils.set(i, veils.get(i) == Veiled.NOT ? Veiled.SQUAD : Veiled.NOT);
            }
        }
    }
}
