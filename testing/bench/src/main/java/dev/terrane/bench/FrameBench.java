package dev.terrane.bench;

import dev.terrane.gateway.GatewaySettings;
import dev.terrane.protocol.cluster.CellFrame;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
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
 * What a gateway does with one frame of a cell: mirror it, and deal it out to all its sessions. {@code copy} puts the same bytes into as many links, and nothing
 * else. Divide by the players; bytes are printed per snapshot.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 4, time = 2)
@Fork(1)
public class FrameBench {
    /** 1, 50 or 3,000 in one chunk; or 1,000 of whom each sees about 50 within 200 m. */
    @Param({"1", "50", "3000", "roam"})
    String players = "1";

    private Audience audience = new Audience(1, 30, GatewaySettings.defaults());
    private CellFrame frame = audience.next();
    private byte[] same = new byte[0];
    private long snapshots;
    private long bytes;

    @Setup
    public void gather() {
        boolean roam = players.equals("roam");
        GatewaySettings defaults = GatewaySettings.defaults();
        GatewaySettings settings = new GatewaySettings(
                defaults.interest(),
                new GatewaySettings.Snapshots(100_000, 1 << 20, 10),
                defaults.messages(),
                defaults.timeouts());
        audience = roam ? new Audience(1000, 1585, settings) : new Audience(Integer.parseInt(players), 20, settings);
        for (int i = 0; i < 100; i++) {
            audience.deal(audience.next());
        }
        same = new byte[(int) (audience.deal(audience.next()) / audience.count)];
    }

    @Setup(Level.Invocation)
    public void tick() {
        frame = audience.next();
    }

    @Benchmark
    public long deal() {
        long dealt = audience.deal(frame);
        snapshots += audience.count;
        bytes += dealt;
        return dealt;
    }

    @Benchmark
    public long copy() {
        for (int i = 0; i < audience.count; i++) {
            ByteBuffer buffer = audience.drain.claim(same.length);
            buffer.put(same);
            audience.drain.commit(same.length);
        }
        return audience.drain.messages;
    }

    @TearDown
    public void report() {
        if (snapshots > 0) {
            System.out.printf("%n%.0f bytes per snapshot%n", (double) bytes / snapshots);
        }
    }
}
