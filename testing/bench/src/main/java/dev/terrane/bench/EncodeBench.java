package dev.terrane.bench;

import dev.terrane.protocol.cluster.CellFrame;
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
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Deltas of a 10,000-entity cell in a region of 512 m, of which a part moved and turned; and its full slices. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EncodeBench {
    private static final int[] ALL_CHUNKS = IntStream.range(0, 64).toArray();

    @Param({"1", "10", "100"})
    int changedPercent;

    private final Swarm swarm = new Swarm(512);

    @Benchmark
    public CellFrame deltas() {
        swarm.move(100 / changedPercent);
        swarm.collect();
        return swarm.frame();
    }

    @Benchmark
    public CellFrame deltasAndFullSlices() {
        swarm.board.watch(0, ALL_CHUNKS);
        swarm.move(100 / changedPercent);
        swarm.collect();
        return swarm.frame();
    }
}
