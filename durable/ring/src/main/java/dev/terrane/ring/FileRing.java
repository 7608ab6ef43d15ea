package dev.terrane.ring;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder of numbered files that together never take more than so many bytes.
 *
 * <pre>
 *   0000000007.rec  0000000008.rec  0000000009.rec ◄─ append
 *   ▲ goes when there is no room
 * </pre>
 *
 * <p>Nothing is forced to the disk: the files are for looking back, and survive the end of the process, not of the machine. One thread.
 */
public final class FileRing implements AutoCloseable {
    private static final String SUFFIX = ".rec";
    /** A file that has reached this part of the whole is followed by another one, so that dropping the oldest loses little. */
    private static final int FILES_AIM = 8;

    private final Path folder;
    private final long bytesMax;
    private final Deque<Path> files = new ArrayDeque<>();
    private final Deque<Long> sizes = new ArrayDeque<>();
    private long bytes;
    private long lastNumber;
    private @Nullable FileChannel channel;

    private FileRing(Path folder, long bytesMax) {
        this.folder = folder;
        this.bytesMax = bytesMax;
    }

    /** @param folder made if it is not there; what an earlier process left there is kept until there is no room for it */
    public static FileRing open(Path folder, long bytesMax) throws IOException {
        FileRing ring = new FileRing(folder, bytesMax);
        Files.createDirectories(folder);
        for (Path file : files(folder)) {
            long size = Files.size(file);
            ring.files.add(file);
            ring.sizes.add(size);
            ring.bytes += size;
            ring.lastNumber = number(file);
        }
        return ring;
    }

    /** The files of a ring, the oldest first; none when there is no such folder. */
    public static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(file -> number(file) > 0).sorted().toList();
        }
    }

    /** 0 for what is no file of a ring. */
    private static long number(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.matches("\\d{10}\\" + SUFFIX) ? Long.parseLong(name.substring(0, 10)) : 0;
    }

    /**
     * Whether a part that can stand alone begins a new file: the present one is large enough, or there is none yet.
     *
     * @param anew something else is recorded from here on
     */
    public boolean turn(boolean anew) throws IOException {
        if (channel != null && !anew && sizes.getLast() < bytesMax / FILES_AIM) {
            return false;
        }
        closeChannel();
        Path file = folder.resolve(String.format(Locale.ROOT, "%010d", ++lastNumber) + SUFFIX);
        channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        files.add(file);
        sizes.add(0L);
        return true;
    }

    /**
     * Appends to the newest file, and lets the oldest go until there is room.
     *
     * @return false when the newest alone has no room for it: nothing was written; turn to a new file
     * @throws IOException when it could not be written, on a full disk for example: nothing of it is left, if that could be helped
     */
    public boolean append(byte[] source, int length) throws IOException {
        FileChannel open = channel;
        if (open == null) {
            throw new IllegalStateException("nothing was begun in " + folder);
        }
        if (sizes.getLast() + length > bytesMax) {
            return false; // before the others go for nothing
        }
        while (bytes + length > bytesMax) {
            Files.deleteIfExists(files.remove());
            bytes -= sizes.remove();
        }
        ByteBuffer buffer = ByteBuffer.wrap(source, 0, length);
        try {
            while (buffer.hasRemaining()) {
                open.write(buffer);
            }
        } catch (IOException e) {
            takeBack(open, e);
            throw e;
        }
        sizes.add(sizes.removeLast() + length);
        bytes += length;
        return true;
    }

    /** A full disk must not fill up with halves, nor its folder with empty files, however often somebody tries. */
    private void takeBack(FileChannel open, IOException cause) {
        try {
            long whole = sizes.getLast();
            if (whole > 0) {
                open.truncate(whole);
            } else {
                sizes.removeLast();
                Files.deleteIfExists(files.removeLast());
                closeChannel();
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Of all files together. */
    public long bytes() {
        return bytes;
    }

    private void closeChannel() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }

    @Override
    public void close() throws IOException {
        closeChannel();
    }
}
