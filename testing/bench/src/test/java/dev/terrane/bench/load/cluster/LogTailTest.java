package dev.terrane.bench.load.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {
    @Test
    void readsWholeLinesThatWereAddedAndEachOnce(@TempDir Path folder) throws IOException {
        Path log = Files.writeString(folder.resolve("node.log"), "old\n");
        LogTail tail = LogTail.atEndOf(log);
        assertThat(tail.more()).isEmpty();
        Files.writeString(log, "one\ntwo\nthr", StandardOpenOption.APPEND);
        assertThat(tail.more()).containsExactly("one", "two");
        assertThat(tail.more()).isEmpty();
        Files.writeString(log, "ee\n", StandardOpenOption.APPEND);
        assertThat(tail.more()).containsExactly("three");
    }
}
