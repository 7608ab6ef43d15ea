package dev.terrane.postgres;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Linux' {@code sync_file_range(2)}: begins to write pages of a file to its disk. It does not wait until they are written, only for room in the disk's queue. Unlike fsync it
 * takes nobody's errors: that a disk fails is still told to whoever syncs the file.
 */
final class WriteOut implements GrowthFlusher.Disk {
    private static final Logger LOG = LoggerFactory.getLogger(WriteOut.class);
    private static final int READ_ONLY = 0;
    private static final int CLOSE_ON_EXEC = 0x80000;
    /** SYNC_FILE_RANGE_WRITE. */
    private static final int BEGIN_WRITING = 2;

    private final MethodHandle open;
    private final MethodHandle close;
    private final MethodHandle syncFileRange;

    private WriteOut(Linker linker, MemorySegment open, MemorySegment close, MemorySegment syncFileRange) {
        this.open = linker.downcallHandle(
                open, FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), Linker.Option.firstVariadicArg(2));
        this.close = linker.downcallHandle(close, FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        this.syncFileRange = linker.downcallHandle(
                syncFileRange, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
    }

    /** Empty where the system has no such call, or this JVM may call nothing outside of it. */
    static Optional<WriteOut> ofThisSystem() {
        try {
            return found();
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("the system's calls cannot be reached", e);
            return Optional.empty();
        }
    }

    private static Optional<WriteOut> found() {
        Linker linker = Linker.nativeLinker();
        Optional<MemorySegment> syncFileRange = linker.defaultLookup().find("sync_file_range");
        return syncFileRange.map(call -> new WriteOut(
                linker,
                linker.defaultLookup().findOrThrow("open"),
                linker.defaultLookup().findOrThrow("close"),
                call));
    }

    @Override
    public void begin(Path file, long from, long length) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int descriptor = (int) open.invokeExact(arena.allocateFrom(file.toString()), READ_ONLY | CLOSE_ON_EXEC);
            if (descriptor < 0) {
                throw new IOException("cannot open " + file);
            }
            try {
                if ((int) syncFileRange.invokeExact(descriptor, from, length, BEGIN_WRITING) != 0) {
                    throw new IOException("cannot begin to write " + file);
                }
            } finally {
                int ignored = (int) close.invokeExact(descriptor);
            }
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException("cannot begin to write " + file, e);
        }
    }
}
