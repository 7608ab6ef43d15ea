package dev.terrane.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.Rng;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.cell.CellSettings;
import dev.terrane.cell.ImageRefusedException;
import dev.terrane.games.skirmish.Skirmish;
import dev.terrane.space.StripPartition;
import dev.terrane.testkit.HandCrankedWorld;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/**
 * Bent recordings whose checksums are right, so that what is behind them is met: a refusal comes out, or a replay, and nothing else. {@code -Dfuzz.seed=N} repeats.
 */
class RecordingFuzz {
    private static final int CASE_COUNT = 3_000;

    private final long seed = Long.getLong("fuzz.seed", System.nanoTime());
    private final Reel reel = new Reel(Skirmish::new, Map.of(), 20, 10);

    @Test
    void nothingButARefusalComesOutOfBentRecordings() {
        System.out.println("RecordingFuzz: -Dfuzz.seed=" + seed);
        HandCrankedWorld world = HandCrankedWorld.tapped(
                Skirmish::new, Map.of(), new StripPartition(2, 128, 128), 3, CellSettings.defaults(), reel);
        world.join("ann");
        world.tick(25);
        reel.drain();
        CellId cell = reel.cells().getFirst();
        Recording.Stretch honest =
                Recording.of(List.of(reel.bytes(cell))).stretches().getFirst();
        int refused = 0;
        for (int i = 0; i < CASE_COUNT; i++) {
            byte[] bent = bend(honest, new Rng(Rng.mix(seed + i)));
            try {
                for (Recording.Stretch each : Recording.of(List.of(bent)).stretches()) {
                    new Replay(each, reel.game(cell), tick -> {}).run(each.firstTick(), each.lastTick());
                }
            } catch (MalformedBytesException | ImageRefusedException expected) {
                refused++;
            } catch (RuntimeException | Error bug) {
                throw new AssertionError("repeat with -Dfuzz.seed=" + seed + ", case " + i, bug);
            }
        }
        assertThat(refused).isBetween(CASE_COUNT / 20, CASE_COUNT);
    }

    /** One or two bytes of one frame, which is written without being deflated. */
    private static byte[] bend(Recording.Stretch honest, Rng rng) {
        ByteWriter out = new ByteWriter(1 << 14);
        out.i64(RecordingFormat.MAGIC);
        int bent = rng.nextInt(Math.min(12, honest.frames().size())) - 1;
        for (int i = -1; i < 12 && i < honest.frames().size(); i++) {
            Frame frame = i < 0 ? honest.headerFrame() : honest.frames().get(i);
            byte[] body = frame.body().rest();
            for (int times = 1 + rng.nextInt(2); times > 0 && i == bent; times--) {
                int at = rng.nextInt(rng.chance(0.5f) ? Math.min(200, body.length) : body.length);
                body[at] = (byte) (rng.chance(0.5f) ? rng.nextInt(256) : body[at] ^ 1 << rng.nextInt(8));
            }
            append(frame, body, out);
        }
        return out.toBytes();
    }

    private static void append(Frame frame, byte[] body, ByteWriter out) {
        int start = out.size();
        out.i64(0);
        out.u8(frame.kind());
        out.varlong(frame.tick());
        out.bool(frame.continues());
        out.raw(body, 0, body.length);
        CRC32C checksum = new CRC32C();
        checksum.update(out.array(), start + 8, out.size() - start - 8);
        out.patchI32(start, out.size() - start - 8);
        out.patchI32(start + 4, (int) checksum.getValue());
    }
}
