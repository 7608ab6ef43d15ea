package dev.terrane.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.sdk.Input;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README promises a newcomer: its first game compiles, runs and can be played as it stands there. */
class ReadmeIT {
    private static final Path README = Path.of("../../README.md");

    @TempDir
    Path folder;

    @Test
    void firstGameRunsAsItStandsThere() throws Exception {
        Path jar = pack(compile(block("java")));
        assertThat(jar.getFileName()).hasToString("drift.jar");
        Path config = Files.writeString(folder.resolve("drift.yaml"), block("yaml"));

        try (ServerProcess server = ServerProcess.start(folder.resolve("drift-data"), "--config", config.toString());
                Player player = Player.join(server, "Newcomer")) {
            player.until("in view", () -> player.inView.containsKey(player.avatar));
            double start = player.inView.get(player.avatar).x();
            player.wish(new Input(1, 0, 0, 0, 0));
            player.until("drifted 30 m", () -> player.inView.get(player.avatar).x() > start + 30);

            assertThat(server.get("/api/v1/worlds")).contains("\"name\":\"drift\"");
            assertThat(player.errors).isEmpty();
        }
    }

    private static String block(String language) throws IOException {
        Matcher block =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(README));
        assertThat(block.find()).as("a block of " + language).isTrue();
        return block.group(1);
    }

    private Path compile(String source) throws IOException {
        Path file = folder.resolve("src/my/game/Drift.java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, source);
        Path classes = Files.createDirectories(folder.resolve("classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<String> options =
                    List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none");
            assertThat(compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(file))
                            .call())
                    .as("the README's game compiles")
                    .isTrue();
        }
        return classes;
    }

    private Path pack(Path classes) throws IOException {
        Path jar = folder.resolve("drift.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream archive = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                archive.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                archive.write(Files.readAllBytes(file));
            }
            archive.putNextEntry(new JarEntry("META-INF/services/dev.terrane.plugin.WorldPlugin"));
            archive.write("my.game.Drift".getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }
}
