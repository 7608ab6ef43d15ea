package dev.terrane.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.sdk.Input;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What README and guides promise a newcomer: the first game and the first job compile and run as they stand there. */
class ReadmeIT {
    private static final Path README = Path.of("../../README.md");
    private static final Path JOBS = Path.of("../../docs/JOBS.md");

    @TempDir
    Path folder;

    @Test
    void firstGameRunsAsItStandsThere() throws Exception {
        pack(compile("Drift", block(README, "java")), "drift.jar", "WorldPlugin", "my.game.Drift");
        Path config = Files.writeString(folder.resolve("drift.yaml"), block(README, "yaml"));

        try (ServerProcess server = ServerProcess.start(folder.resolve("drift-data"), "--config", config.toString());
                Player player = Player.join(server, "Newcomer")) {
            player.until("in view", () -> player.inView.containsKey(player.avatar));
            double start = player.inView.get(player.avatar).x();
            player.wish(new Input(1, 0, 0, 0, 0));
            player.until("drifted 30 m", () -> {
                Player.Seen self = player.inView.get(player.avatar);
                return self != null && self.x() > start + 30;
            });

            assertThat(server.get("/api/v1/worlds")).contains("\"name\":\"drift\"");
            assertThat(player.errors).isEmpty();
        }
    }

    @Test
    void firstJobRunsAsItStandsThere() throws Exception {
        pack(compile("Bell", block(JOBS, "java")), "bell.jar", "JobPlugin", "my.game.Bell");
        Path config = Files.writeString(folder.resolve("bell.yaml"), block(JOBS, "yaml"));
        Path data = folder.resolve("bell-data");

        try (ServerProcess server = ServerProcess.start(data, "--config", config.toString())) {
            String done = "job_runs_total{job=\"bell.ring\",outcome=\"done\"}";
            until("it rings by schedule", () -> server.metric(done) >= 2);
            assertThat(jobs(data, "run", "bell.ring", "700")).contains("asked for");
            until("it rings on demand, and is heard", () -> server.metric("plugin_strokes_heard_total") >= 703);
            assertThat(jobs(data, "list")).contains("bell.ring", "every 2 s", "Rings the bell.", "strokes");

            assertThat(jobs(data, "run", "bell.ring", "often")).contains("asked for");
            until(
                    "what throws is tried again",
                    () -> server.metric("job_runs_total{job=\"bell.ring\",outcome=\"failed\"}") >= 2);
            assertThat(jobs(data, "list")).contains("failed: java.lang.NumberFormatException");
            double others = server.metric("job_runs_total{job=\"release-holds\",outcome=\"done\"}");
            assertThat(jobs(data, "run", "release-holds")).contains("asked for");
            until(
                    "nobody else waits for it",
                    () -> server.metric("job_runs_total{job=\"release-holds\",outcome=\"done\"}") > others);
        }
    }

    private static void until(String what, BooleanSupplier condition) {
        Awaitility.await(what).atMost(Duration.ofSeconds(120)).until(condition::getAsBoolean);
    }

    private static String jobs(Path data, String... words) throws Exception {
        List<String> all = new ArrayList<>(List.of("jobs"));
        all.addAll(List.of(words));
        all.addAll(List.of("--data", data.toString()));
        Process process = ServerProcess.terrane(all.toArray(String[]::new));
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private static String block(Path page, String language) throws IOException {
        Matcher block =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(page));
        assertThat(block.find()).as("a block of " + language).isTrue();
        return block.group(1);
    }

    private Path compile(String name, String source) throws IOException {
        Path file = folder.resolve("src/my/game/" + name + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, source);
        Path classes = Files.createDirectories(folder.resolve("classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<String> options =
                    List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none");
            assertThat(compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(file))
                            .call())
                    .as("it compiles as it stands there")
                    .isTrue();
        }
        return classes;
    }

    private void pack(Path classes, String name, String service, String implementation) throws IOException {
        Path jar = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream archive = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                archive.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                archive.write(Files.readAllBytes(file));
            }
            archive.putNextEntry(new JarEntry("META-INF/services/dev.terrane.plugin." + service));
            archive.write(implementation.getBytes(StandardCharsets.UTF_8));
        }
    }
}
