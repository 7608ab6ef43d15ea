package dev.terrane.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of the server as it is packed: of classes in folders a JVM keeps nothing. */
class WarmIT {
    private static final Path BUILT =
            Path.of("../../apps/server/target").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    @Test
    void jvmsStartWithWhatThoseOfTheirRolesHaveLearnedInAPlayedCluster() throws Exception {
        Path jar = Files.copy(BUILT.resolve("terrane-server.jar"), folder.resolve("terrane-server.jar"));
        String classPath = jar + File.pathSeparator + BUILT.resolve("lib/*");

        String said = java(classPath, List.of(), "cluster", "warm", "--seconds", "6", "--players", "4");

        assertThat(said).contains("s1 has ended with code 137", "sim ", "the warm caches are complete");
        for (String role : List.of("coordinator", "sim", "gateway")) {
            // Told so, a JVM does not start at all with one that does not fit.
            List<String> strict = List.of("-XX:AOTMode=on", "-XX:AOTCache=" + folder.resolve("warm/" + role + ".aot"));
            assertThat(java(classPath, strict, "--version")).contains("terrane");
        }
    }

    private String java(String classPath, List<String> flags, String... words)
            throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        line.addAll(flags);
        line.addAll(List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-cp", classPath));
        line.add("dev.terrane.server.cli.Main");
        line.addAll(List.of(words));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
