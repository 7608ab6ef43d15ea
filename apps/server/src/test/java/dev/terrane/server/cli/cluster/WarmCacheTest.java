package dev.terrane.server.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmCacheTest {
    private static final List<String> ROLES = List.of("sim", "gateway");

    @TempDir
    Path build;

    private Path folder;

    @BeforeEach
    void anEarlierOne() throws IOException {
        folder = Files.createDirectory(build.resolve("warm"));
        for (String role : ROLES) {
            Files.writeString(WarmCache.file(folder, role), "before");
        }
    }

    @Test
    void whatWasLearnedTakesThePlaceOfWhatWasKeptBefore() throws IOException {
        learned("sim");
        learned("gateway");
        assertThat(WarmCache.keep(folder, ROLES)).isEmpty();
        for (String role : ROLES) {
            assertThat(WarmCache.file(folder, role)).hasContent("now");
        }
    }

    @Test
    void keepsWhatWasKeptBeforeIfARoleHasLearnedNothing() throws IOException {
        learned("sim");
        assertThat(WarmCache.keep(folder, ROLES)).containsExactly("gateway");
        assertThat(WarmCache.file(folder, "sim")).hasContent("before");
    }

    @Test
    void forgetsWhatIsNotComplete() throws IOException {
        learned("sim");
        WarmCache.forget(folder, ROLES);
        assertThat(WarmCache.keep(folder, ROLES)).isEqualTo(ROLES);
        assertThat(WarmCache.file(folder, "sim")).hasContent("before");
    }

    @Test
    void nothingIsKeptOfClassesInFolders() {
        assertThat(WarmCache.folder("target/classes:lib/other.jar")).isEmpty();
    }

    private void learned(String role) throws IOException {
        String jar = build.resolve("terrane-server.jar").toString();
        String flag = WarmCache.learn(jar, role).getFirst();
        assertThat(flag).startsWith("-XX:AOTCacheOutput=");
        Files.writeString(Path.of(flag.substring(flag.indexOf('=') + 1)), "now");
    }
}
