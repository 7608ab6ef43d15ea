package dev.terrane.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SwitchesTest {
    @TempDir
    private Path folder = Path.of("");

    private long changes;

    @Test
    void letsEverybodyInWithoutAFile() {
        assertThat(Switches.of(new TerraneConfig.Flags("", true)).joins()).isTrue();
    }

    @Test
    void followsTheFileWhenItChanges() throws IOException {
        Path file = write("joins: false");
        Switches switches = Switches.of(new TerraneConfig.Flags(file.toString(), true));
        assertThat(switches.joins()).isFalse();
        write("joins: true");
        switches.refresh();
        assertThat(switches.joins()).isTrue();
    }

    @Test
    void staysAsItWasWhenTheFileSaysNonsenseOrIsGone() throws IOException {
        Path file = write("joins: false");
        Switches switches = Switches.of(new TerraneConfig.Flags(file.toString(), true));
        for (String nonsense : new String[] {"joins: maybe", "- joins", "jions: true", "joins: [", ""}) {
            write(nonsense);
            switches.refresh();
            assertThat(switches.joins()).as(nonsense).isFalse();
        }
        Files.delete(file);
        switches.refresh();
        assertThat(switches.joins()).isFalse();
    }

    /** Each writing is a second later than the one before, however fast the test is. */
    private Path write(String text) throws IOException {
        Path file = folder.resolve("flags.yaml");
        Files.writeString(file, text);
        changes += 1_000;
        return Files.setLastModifiedTime(file, FileTime.fromMillis(changes));
    }
}
