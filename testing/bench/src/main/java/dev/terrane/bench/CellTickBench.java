package dev.terrane.bench;

import dev.terrane.protocol.cluster.CellFrame;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A full tick of 10,000 moving entities on one core: integrate, find new chunks, encode all slices, put one gateway's frame together. The goal is
 * 4 ms. {@code tickWithNeighbours} also files everybody for {@code near}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class CellTickBench {
    /** 512: 64 chunks of about 156 entities, so two parts each. 2048: 1,024 chunks of about ten. */
    @Param({"512", "2048"})
    int regionMetres;

    private Swarm swarm = new Swarm(64);
    private long bytes;
    private long ticks;

    @Setup
    public void fill() {
        swarm = new Swarm(regionMetres);
    }

    @Benchmark
    public CellFrame tick() {
        swarm.integrate();
        swarm.collect();
        return counted(swarm.frame());
    }

    @Benchmark
    public CellFrame tickWithNeighbours() {
        swarm.integrate();
        swarm.neighbours.rebuild(swarm.store);
        swarm.collect();
        return counted(swarm.frame());
    }

    private CellFrame counted(CellFrame frame) {
        bytes += frame.bytes().length;
        ticks++;
        return frame;
    }

    /** Slices' lists and full entities after a change of chunk are part of it. */
    @TearDown
    public void report() {
        System.out.printf("%n%.2f bytes per entity update%n", (double) bytes / ticks / Swarm.ENTITIES);
    }
}
