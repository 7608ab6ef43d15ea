package dev.terrane.system;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A filesystem of its own that is so small that it can be filled up: a full disk, for real. */
final class SmallDisk implements AutoCloseable {
    private static final int BLOCK_BYTES = 1 << 16;
    private static final int TRIES_MAX = 1_000;

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Skips the test where nobody may mount it. */
    static SmallDisk mount(Path folder, int mebibytes) throws Exception {
        Files.createDirectories(folder);
        String said = run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m,mode=700", "tmpfs", folder.toString());
        assumeTrue(
                said.isEmpty(),
                "a disk can only be filled up where a small filesystem may be mounted (Linux, as root): " + said);
        return new SmallDisk(folder);
    }

    Path folder() {
        return folder;
    }

    /** Takes all the room there is; what others free meanwhile, too. */
    void fill() throws IOException {
        byte[] block = new byte[BLOCK_BYTES];
        for (int tries = 1; ; tries++) {
            try (OutputStream ballast =
                    Files.newOutputStream(ballast(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                while (true) {
                    ballast.write(block);
                }
            } catch (IOException full) {
                if (Files.getFileStore(folder).getUsableSpace() <= BLOCK_BYTES) {
                    return;
                }
                if (tries == TRIES_MAX) { // not just others who gave room back in between
                    throw full;
                }
            }
        }
    }

    /** Gives it back. */
    void free() throws IOException {
        Files.delete(ballast());
    }

    private Path ballast() {
        return folder.resolve("ballast");
    }

    private static String run(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? "" : "exit code " + process.exitValue() + ", " + said.strip();
    }

    @Override
    public void close() throws Exception {
        run("umount", "--lazy", folder.toString());
    }
}
