package dev.terrane.bench;

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
 * What it costs that two cells of 5,000 entities each see all of each other's, per tick and both together: {@code publishAndApply} finds and encodes what
 * changed and reads it into the ghosts; {@code plainCopy} copies the same fields from array to array and knows nothing of who wants what. Both also move the
 * entities. The goal is 1.5 ms.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class GhostBench {
    /** Of how many entities one moves: x, y and heading. */
    @Param({"1", "10"})
    int movesOneOf;

    private GhostPair pair = new GhostPair();
    private long ticks;

    @Setup
    public void fill() {
        pair = new GhostPair();
    }

    @Benchmark
    public void publishAndApply() {
        pair.move(movesOneOf);
        pair.exchange();
        ticks++;
    }

    @Benchmark
    public void plainCopy() {
        pair.move(movesOneOf);
        pair.copyPlainly();
    }

    @TearDown
    public void report() {
        if (ticks > 0) {
            double updates = 2.0 * GhostPair.ENTITIES_PER_CELL / movesOneOf * ticks;
            System.out.printf("%n%.2f bytes per ghost update%n", pair.sentBytes / updates);
        }
    }
}
