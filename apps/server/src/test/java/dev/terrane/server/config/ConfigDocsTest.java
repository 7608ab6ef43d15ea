package dev.terrane.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigDocsTest {
    @Test
    void keepsTheCommittedPageTrue() throws IOException {
        assertThat(Files.readString(Path.of("../../docs/CONFIG.md")))
                .as("write it anew: ./terrane config --docs > docs/CONFIG.md")
                .isEqualTo(ConfigDocs.markdown());
    }
}
