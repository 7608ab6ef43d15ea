package dev.terrane.bench;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.Meters;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellListener;
import dev.terrane.cell.CellPorts;
import dev.terrane.cell.CellSettings;
import dev.terrane.cell.CellSpec;
import dev.terrane.cell.CellTap;
import dev.terrane.cell.PluginModule;
import dev.terrane.cell.RunningDraft;
import dev.terrane.cell.TickLog;
import dev.terrane.cell.World;
import dev.terrane.cell.WorldSchema;
import dev.terrane.plugin.WorldMap;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellPort;
import dev.terrane.recorder.CellRecorder;
import dev.terrane.space.Partition;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
 * What the flight recorder costs a tick of a real cell: 10,000 moving entities, 200 players with an input each. {@code off} is the floor. The tick's part alone:
 * what is handed over is thrown away between the ticks. CPU time of the ticking thread and the longest base are printed at the end, for machines that do
 * something else besides.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class RecorderBench {
    private static final int PLAYERS = 200;
    private static final int BASE_TICKS = 400;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final CellId CELL = new CellId(new WorldId("bench"), RegionId.ORIGIN, 0);

    /** {@code pulse}: logs and hashes, but no bases. */
    @Param({"off", "pulse", "on"})
    String recorder = "off";

    private @Nullable Cell cell;
    private CellRecorder recorded = new CellRecorder(20, BASE_TICKS);
    private long tick;
    private long cpuNanos;
    private long cpuNanosMax;
    private long ticks;
    private long baseNanosMax;

    @Setup
    public void open() {
        World world = new World(
                new WorldMap("bench", Partition.parse("single;width=2048;depth=2048")),
                WorldSchema.of(List.of(new Crowd())),
                1);
        CellPorts ports = new CellPorts(
                (to, epoch, message) -> Admission.UNKNOWN,
                (gateway, message) -> true,
                CellListener.none(),
                Meters.none(),
                () -> 0,
                spec -> recorder.equals("off") ? null : new Timed());
        Cell opened = Cell.open(
                new CellSpec(CELL, 1, 1, world, CellSettings.defaults()),
                List.of(new PluginModule(new Crowd(), Map.of())),
                ports);
        for (int i = 1; i <= PLAYERS; i++) {
            opened.offer(
                    CellPort.ANY_EPOCH,
                    new CellInput.Join(i, 0, new CharacterId(new UUID(1, i)), 1, "p" + i, i - 100, 0));
        }
        opened.tick(++tick, 0);
        cell = opened;
    }

    /** Between the ticks: what players send, and what the writer's thread takes away. */
    @Setup(Level.Invocation)
    public void prepare() {
        Cell ticking = cell();
        for (int i = 1; i <= PLAYERS; i++) {
            ticking.offer(CellPort.ANY_EPOCH, new CellInput.PlayerInput(i, (int) tick, 0, tick, 1, 0, 0, 0, 0));
        }
        recorded.drain(new CellRecorder.Reader() {
            @Override
            public void ticked(TickLog log) {}

            @Override
            public void base(CellRecorder.Base base) {
                base.draft().discard();
            }
        });
    }

    @Benchmark
    public int tick() {
        long began = THREADS.getCurrentThreadCpuTime();
        cell().tick(++tick, tick * 50);
        long took = THREADS.getCurrentThreadCpuTime() - began;
        cpuNanos += took;
        cpuNanosMax = tick > 2000 ? Math.max(cpuNanosMax, took) : 0;
        ticks++;
        return cell().entityCount();
    }

    private Cell cell() {
        Cell opened = cell;
        if (opened == null) {
            throw new IllegalStateException("not set up");
        }
        return opened;
    }

    @TearDown
    public void report() {
        System.out.printf(
                "%n%.1f µs of CPU per tick, at most %.1f; longest base %.1f µs%n",
                cpuNanos / 1000.0 / ticks, cpuNanosMax / 1000.0, baseNanosMax / 1000.0);
    }

    /** The recorder, with a stopwatch around its bases. */
    private final class Timed implements CellTap {
        private long asked;

        @Override
        public int hashTicks() {
            return recorded.hashTicks();
        }

        @Override
        public void ticked(TickLog log) {
            recorded.ticked(log);
        }

        @Override
        public boolean baseDue(long now) {
            boolean due = recorded.baseDue(now) && (recorder.equals("on") || now < 10);
            asked = due ? THREADS.getCurrentThreadCpuTime() : 0;
            return due;
        }

        @Override
        public void base(RunningDraft draft) {
            recorded.base(draft);
            baseNanosMax = tick > 2000 ? Math.max(baseNanosMax, THREADS.getCurrentThreadCpuTime() - asked) : 0;
        }

        @Override
        public void interrupted() {
            recorded.interrupted();
        }
    }
}
