package dev.terrane.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.terrane.base.Rng;
import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.fuzz.WireTarget.Reader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Over a million bent frames through everything that reads the client protocol.
 *
 * <p>Nothing but MalformedBytesException may come out, and one frame may cost at most {@link #ALLOCATED_BYTES_BASE} plus
 * {@link #ALLOCATED_BYTES_PER_BYTE} for each of its bytes. Each case has its own randomness, so {@code -Dfuzz.seed=S
 * -Dfuzz.case=N} repeats a single one.
 */
class WireFuzz {
    private static final int CASE_COUNT = 1_250_000;
    /** Cases whose memory is not judged: classes are loaded and code is compiled. */
    private static final int WARM_UP_COUNT = 20_000;
    /** An exception with its trace and message, slots and layouts of a slice. */
    private static final long ALLOCATED_BYTES_BASE = 32 * 1024;
    /** The shortest field takes a byte here and a long in memory; the arrays around it may be twice as large as needed. */
    private static final long ALLOCATED_BYTES_PER_BYTE = 32;

    private static final Path GOLDEN = Path.of("../../protocol/client/src/test/resources/golden");
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final long seed = Long.getLong("fuzz.seed", System.nanoTime());
    private final List<byte[]> messages = new ArrayList<>();
    private final byte[] schema = golden("schema");
    private final byte[] keyframe = golden("keyframe");
    private final byte[] delta = golden("delta");
    private final List<byte[]> snapshots =
            List.of(golden("snapshot"), golden("snapshot-next"), golden("snapshot-usual"));
    private final WireTarget target = new WireTarget(schema, keyframe, golden("snapshot"));
    private final Mutator mutator;
    private int refusedCount;
    private long allocatedBytesMax;

    WireFuzz() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".bin")).sorted().toList()) {
                byte[] bytes = Files.readAllBytes(file);
                if (bytes.length > 8 && bytes[4] == 'T') { // an Envelope, by its identifier
                    messages.add(bytes);
                }
            }
        }
        List<byte[]> corpus = new ArrayList<>(messages);
        corpus.addAll(List.of(schema, keyframe, delta));
        corpus.addAll(snapshots);
        this.mutator = new Mutator(corpus);
    }

    @Test
    void nothingButARefusalComesOutOfBentFrames() {
        assertThat(messages).hasSizeGreaterThan(8);
        Integer single = Integer.getInteger("fuzz.case");
        int first = single == null ? 0 : single;
        int end = single == null ? CASE_COUNT : single + 1;
        System.out.println("WireFuzz: -Dfuzz.seed=" + seed);
        for (int i = first; i < end; i++) {
            run(i, single != null || i < WARM_UP_COUNT);
        }
        System.out.printf(
                "WireFuzz: %,d cases, %,d refused, at most %,d bytes allocated by one%n",
                end - first, refusedCount, allocatedBytesMax);
        // A mutator that always destroys everything would test nothing but the first check.
        assertThat(single == null ? refusedCount : 1).isBetween(1, CASE_COUNT * 9 / 10);
    }

    private void run(int number, boolean warmingUp) {
        Rng rng = new Rng(Rng.mix(seed + number));
        Reader reader = Reader.values()[number % Reader.values().length];
        byte[] bytes = mutator.mutate(honest(reader, rng), rng);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            target.read(reader, bytes);
        } catch (MalformedBytesException expected) {
            refusedCount++;
        } catch (RuntimeException | Error bug) {
            throw new AssertionError(describe(number, reader, bytes), bug);
        }
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        if (!warmingUp) {
            allocatedBytesMax = Math.max(allocatedBytesMax, allocated);
            if (allocated > ALLOCATED_BYTES_BASE + ALLOCATED_BYTES_PER_BYTE * bytes.length) {
                throw new AssertionError(allocated + " bytes allocated: " + describe(number, reader, bytes));
            }
        }
    }

    private byte[] honest(Reader reader, Rng rng) {
        return switch (reader) {
            case GATEWAY, CLIENT -> messages.get(rng.nextInt(messages.size()));
            case SNAPSHOT -> snapshots.get(rng.nextInt(snapshots.size()));
            case KEYFRAME -> keyframe;
            case DELTA -> delta;
            case SCHEMA -> schema;
        };
    }

    private String describe(int number, Reader reader, byte[] bytes) {
        return "%s of %d bytes; repeat with -Dtest=WireFuzz -Dfuzz.seed=%d -Dfuzz.case=%d; bytes %s"
                .formatted(reader, bytes.length, seed, number, HexFormat.of().formatHex(bytes));
    }

    private static byte[] golden(String name) {
        try {
            return Files.readAllBytes(GOLDEN.resolve(name + ".bin"));
        } catch (IOException e) {
            throw new IllegalStateException("run from testing/fuzz: " + e.getMessage(), e);
        }
    }
}
