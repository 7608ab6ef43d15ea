package dev.terrane.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineIT {
    @TempDir
    Path folder;

    private record Ended(int code, String output) {}

    @Test
    void helpsWithExamplesForEveryCommand() throws Exception {
        assertThat(run("--help").output()).contains("run", "bots", "config", "test", "bench", "Examples:");
        assertThat(run("run", "--help").output()).contains("--database-url", "--data", "--log", "Exit codes");
        assertThat(run("generate", "ts", "--help").output()).contains("--world", "--check", "Examples:", "Exit codes");
        assertThat(run("bots", "--help").output()).contains("--scenario", "--duration", "--json");
    }

    @Test
    void refusesWordsItDoesNotKnow() throws Exception {
        Ended ended = run("fly");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.output()).contains("fly");
    }

    @Test
    void printsWhereEachValueComesFrom() throws Exception {
        Path file = Files.writeString(folder.resolve("terrane.yaml"), "aoi: { radius: 123 }\n");

        Ended ended = run("config", "--config", file.toString(), "--port", "9123");

        assertThat(ended.code()).isZero();
        assertThat(ended.output())
                .containsPattern("aoi.radius +123.0 +file .*terrane.yaml")
                .containsPattern("server.port +9123 +command line")
                .containsPattern("auth.jwt.secret +\\(hidden\\) +default");
    }

    @Test
    void endsWithTwoAndAllMistakesWhenTheConfigurationIsWrong() throws Exception {
        Ended ended = run("run", "--set", "aoi.radius=-1", "--set", "log.level=loud");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.output()).contains("2 mistakes", "aoi.radius", "log.level");
    }

    @Test
    void endsWithTwoWhenTheDatabaseIsNotThere() throws Exception {
        Ended ended = run("run", "--port", "0", "--database-url", "jdbc:postgresql://127.0.0.1:1/none");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.output()).contains("127.0.0.1:1");
    }

    @Test
    void endsWithZeroAndLeavesNothingRunningWhenAskedWhileItStarts() throws Exception {
        Path data = folder.resolve("data");
        Path database = data.resolve("postgres/cluster/postmaster.pid");
        Process process = ServerProcess.terrane("run", "--port", "0", "--data", data.toString());
        Awaitility.await("its database starts").atMost(Duration.ofSeconds(60)).until(() -> Files.exists(database));
        process.toHandle().destroy(); // Process.destroy would close its output as well

        Ended ended = ended(process);
        assertThat(ended.code()).as(ended.output()).isZero();
        assertThat(database).doesNotExist();
    }

    private static Ended run(String... words) throws IOException, InterruptedException {
        return ended(ServerProcess.terrane(words));
    }

    private static Ended ended(Process process) throws IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), output);
    }
}
