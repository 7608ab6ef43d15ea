package dev.terrane.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowthFlusherTest {
    private static final int PAGE_BYTES = 8_192;
    private static final int LARGE_BYTES = (int) GrowthFlusher.FILE_BYTES_MIN;

    @TempDir
    Path databases;

    private final List<String> begun = new ArrayList<>();
    private GrowthFlusher flusher;

    @BeforeEach
    void createDatabases() throws IOException {
        for (String database : List.of("1", "4", "5")) {
            Files.createDirectory(databases.resolve(database));
        }
        flusher = new GrowthFlusher(
                databases, (file, from, length) -> begun.add(databases.relativize(file) + " " + from + " " + length));
    }

    @Test
    void onlyWhatALargeFileHasGrownByIsWritten() throws IOException {
        grow("5/16384", LARGE_BYTES);
        grow("5/16385", PAGE_BYTES);
        flusher.search();
        flusher.flush();
        assertThat(begun).isEmpty();
        grow("5/16384", 2 * PAGE_BYTES);
        grow("5/16385", PAGE_BYTES);
        flusher.flush();
        flusher.flush();
        assertThat(begun).containsExactly("5/16384 " + LARGE_BYTES + " " + 2 * PAGE_BYTES);
    }

    @Test
    void templatesAreNotLookedAt() throws IOException {
        grow("4/16384", LARGE_BYTES);
        flusher.search();
        grow("4/16384", PAGE_BYTES);
        flusher.flush();
        assertThat(begun).isEmpty();
    }

    @Test
    void aFileThatWasCutOrDroppedIsFollowedFromWhereItIs() throws IOException {
        grow("5/1", LARGE_BYTES + 4 * PAGE_BYTES);
        grow("5/2", LARGE_BYTES);
        flusher.search();
        Files.delete(databases.resolve("5/2"));
        try (var file = Files.newByteChannel(databases.resolve("5/1"), StandardOpenOption.WRITE)) {
            file.truncate(LARGE_BYTES);
        }
        flusher.flush();
        grow("5/1", PAGE_BYTES);
        grow("5/2", LARGE_BYTES / 2);
        flusher.flush();
        grow("5/2", PAGE_BYTES);
        flusher.flush();
        assertThat(begun).containsExactly("5/1 " + LARGE_BYTES + " " + PAGE_BYTES);
    }

    @Test
    void aFileThatIsFoundLaterHasGrownFromNothing() throws IOException {
        Files.createDirectory(databases.resolve("pgsql_tmp"));
        flusher.search();
        grow("5/16384.1", LARGE_BYTES);
        grow("pgsql_tmp/1", LARGE_BYTES);
        Files.writeString(databases.resolve("7"), "no folder");
        flusher.search();
        flusher.flush();
        assertThat(begun).containsExactly("5/16384.1 0 " + LARGE_BYTES);
    }

    @Test
    void aDiskThatRefusesOneFileIsAskedForTheOthers() throws IOException {
        GrowthFlusher refused = new GrowthFlusher(databases, (file, from, length) -> {
            begun.add(file.getFileName().toString());
            throw new IOException("no");
        });
        refused.search();
        grow("5/1", LARGE_BYTES);
        grow("5/2", LARGE_BYTES);
        refused.search();
        grow("5/1", PAGE_BYTES);
        grow("5/2", PAGE_BYTES);
        refused.flush();
        assertThat(begun).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void itEndsWhenItIsClosed() {
        flusher.start();
        flusher.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("postgres-growth"));
    }

    @Test
    void theRealCallChangesNothing() throws IOException {
        Optional<WriteOut> disk = WriteOut.ofThisSystem();
        assumeThat(disk).isPresent();
        Path file = grow("5/1", PAGE_BYTES);
        byte[] before = Files.readAllBytes(file);
        disk.orElseThrow().begin(file, 0, PAGE_BYTES);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThatThrownBy(() -> disk.orElseThrow().begin(databases.resolve("5/gone"), 0, 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("gone");
    }

    private Path grow(String name, int bytes) throws IOException {
        Path file = databases.resolve(name);
        Files.write(file, new byte[bytes], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return file;
    }
}
