package dev.terrane.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
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
    private static final long STOP_MILLIS_MAX = 1_000;
    /** Nobody writes into template databases; their numbers are the same everywhere. */
    private static final Set<String> TEMPLATES = Set.of("1", "4");

    private final Path databases;
    private final Disk disk;
    private final Map<Path, Long> sizes = new HashMap<>();
    private boolean searched;
    private boolean complained;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("postgres-growth").unstarted(this::run);

    /** Where pages are sent. */
    interface Disk {
        /** Begins to write a part of a file, in bytes. Does not wait for the end, but for room in the disk's queue. */
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
                if (look % LOOKS_PER_SEARCH == 0) {
                    search();
                }
                flush();
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException _) {
            // closed
        }
    }

    /** Finds the files that are worth it. What they have at the first search is left to the system; what is found later has grown since. */
    void search() {
        for (Path folder : list(databases)) {
            String name = folder.getFileName().toString();
            if (!TEMPLATES.contains(name) && name.chars().allMatch(Character::isDigit)) {
                for (Path file : list(folder)) {
                    long size = size(file);
                    if (size >= FILE_BYTES_MIN) {
                        sizes.putIfAbsent(file, searched ? 0 : size);
                    }
                }
            }
        }
        searched = true;
    }

    /** Begins to write what the found files have grown by since the last call. */
    void flush() {
        for (var entries = sizes.entrySet().iterator(); entries.hasNext(); ) {
            Map.Entry<Path, Long> entry = entries.next();
            long before = entry.getValue();
            long now = size(entry.getKey());
            if (now < FILE_BYTES_MIN) {
                entries.remove(); // dropped, or cut short
            } else if (now != before) {
                entry.setValue(now);
                if (now > before) {
                    begin(entry.getKey(), before, now - before);
                }
            }
        }
    }

    private void begin(Path file, long from, long length) {
        try {
            disk.begin(file, from, length);
        } catch (IOException e) {
            if (!complained) {
                complained = true;
                LOG.info("what the database grows by is left to the system; commits may wait for it now and then", e);
            }
        }
    }

    /** Empty: it is not there any more, or is no folder. */
    private static List<Path> list(Path folder) {
        try (Stream<Path> found = Files.list(folder)) {
            return found.toList();
        } catch (IOException | UncheckedIOException _) {
            return List.of();
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
            thread.join(STOP_MILLIS_MAX); // a disk that is kept busy may make it wait
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
