package dev.terrane.bench.load.transfers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;

/**
 * How long somebody waits for this disk when nothing else is done with what he brings: a piece of a log is written and forced every few milliseconds, in a file that has its size
 * already, and whoever arrives meanwhile is in the next piece. The least that any durable transfer can take. One thread.
 */
final class DiskFloor {
    private static final int FILE_BYTES = 16 << 20;
    /** What some forty transfers log: a commit's share at 10,000 a second. */
    static final int COMMIT_BYTES = 64 << 10;

    /** Enough to see whether the disk answers while others use it, and hardly any work for it. */
    static final int PROBE_BYTES = 4 << 10;

    /** As lanes append. */
    private static final long PAUSE_NANOS = 4_000_000;

    private static final long ARRIVAL_NANOS = 100_000;

    private final Path file;
    private final int pieceBytes;
    private final Latencies latencies = new Latencies();

    /** @param folder on the disk in question */
    DiskFloor(Path folder, int pieceBytes) {
        this.file = folder.resolve("disk-floor");
        this.pieceBytes = pieceBytes;
    }

    /** Adds some seconds to what {@link #latencies} knows. */
    void measure(double seconds) {
        try (FileChannel log = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
            ByteBuffer piece = ByteBuffer.allocateDirect(pieceBytes);
            for (long at = 0; at < FILE_BYTES; at += pieceBytes) {
                log.write(piece.clear(), at);
            }
            log.force(true);
            long arrival = System.nanoTime();
            long end = arrival + (long) (seconds * 1e9);
            for (long at = 0; arrival < end; at = (at + pieceBytes) % FILE_BYTES) {
                LockSupport.parkNanos(PAUSE_NANOS);
                long begun = System.nanoTime();
                log.write(piece.clear(), at);
                log.force(false);
                long done = System.nanoTime();
                for (; arrival < begun; arrival += ARRIVAL_NANOS) {
                    latencies.addNanos(done - arrival);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the disk of " + file + " cannot be measured: " + e, e);
        }
    }

    Latencies latencies() {
        return latencies;
    }
}
