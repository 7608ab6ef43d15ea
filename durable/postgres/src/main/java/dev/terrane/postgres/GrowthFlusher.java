package dev.terrane.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what the tables of our own server have grown by on its way to the disk, a little at a time. PostgreSQL does so with pages that it writes, but not with those that it adds to a
 * file: they gather in the system's cache until a checkpoint or the system writes hundreds of megabytes at once, and commits wait behind them.
 *
 * <pre>
 *   every 5 s: which files are large?      twice a second: which have grown? ► begin to write that part
 * </pre>
 *
 * <p>Owns a thread. Changes nothing: if it cannot do its work, commits take longer now and then.
 */
final class GrowthFlusher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GrowthFlusher.class);
    private static final long LOOK_MILLIS = 500;
    private static final int LOOKS_PER_SEARCH = 10;
    static final long FILE_BYTES_MIN = 1 << 20;
    /** Nobody writes into template databases; their numbers are the same everywhere. */
    private static final Set<String> TEMPLATES = Set.of("1", "4");

    private final Path databases;
    private final Disk disk;
    private final Map<Path, Long> sizes = new HashMap<>();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("postgres-growth").unstarted(this::run);

    /** Where pages are sent. */
    interface Disk {
        /** Begins to write a part of a file, in bytes, and does not wait for the end. */
        void begin(Path file, long from, long length) throws IOException;
    }

    /** @param databases the folder {@code base} of a cluster */
    GrowthFlusher(Path databases, Disk disk) {
        this.databases = databases;
        this.disk = disk;
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            for (int look = 0; ; look++) {
                try {
                    if (look % LOOKS_PER_SEARCH == 0) {
                        search();
                    }
                    flush();
                } catch (IOException | RuntimeException e) {
                    LOG.debug("what the database grew by is left to the system", e);
                }
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException _) {
            // closed
        }
    }

    /** Finds the files that are worth it. What they have when they are found is left to the system. */
    void search() throws IOException {
        try (Stream<Path> folders = Files.list(databases)) {
            for (Path folder : folders.filter(
                            found -> !TEMPLATES.contains(found.getFileName().toString()))
                    .toList()) {
                try (Stream<Path> files = Files.list(folder)) {
                    files.forEach(file -> {
                        long size = size(file);
                        if (size >= FILE_BYTES_MIN) {
                            sizes.putIfAbsent(file, size);
                        }
                    });
                }
            }
        }
    }

    /** Begins to write what the found files have grown by since the last call. */
    void flush() throws IOException {
        for (var entries = sizes.entrySet().iterator(); entries.hasNext(); ) {
            Map.Entry<Path, Long> entry = entries.next();
            long before = entry.getValue();
            long now = size(entry.getKey());
            if (now < FILE_BYTES_MIN) {
                entries.remove(); // dropped, or cut short
            } else if (now != before) {
                entry.setValue(now);
                if (now > before) {
                    disk.begin(entry.getKey(), before, now - before);
                }
            }
        }
    }

    /** 0: it is not there any more. */
    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException _) {
            return 0;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
