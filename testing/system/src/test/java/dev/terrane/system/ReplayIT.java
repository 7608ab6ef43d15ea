package dev.terrane.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A fight in the real server, killed in its midst, is carried out again by another process. */
class ReplayIT {
    private static final Pattern CELL = Pattern.compile("\"cell\":\"([^\"]+)\"");

    @TempDir
    static Path folder;

    /** Where each number of threads has fought. */
    private static final Map<Integer, Path> FOUGHT = new ConcurrentHashMap<>();

    /** More than a base every so often, and a few seconds that the kill may take away. */
    private static final int TICKS = 200;

    private record Ended(int code, String output) {}

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void replaysTheSameInAnotherProcessHoweverManyThreadsHaveTicked(int workers) throws Exception {
        Path data = fightAndKill(workers);

        Ended listed = run("replay", "--list", "--json", "--data", data.toString());

        assertThat(listed.code()).as(listed.output()).isZero();
        List<String> cells = CELL.matcher(listed.output())
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
        assertThat(cells).hasSize(4);
        for (String cell : cells) {
            Ended replayed = run("replay", "--cell", cell, "--json", "--data", data.toString());
            assertThat(replayed.code()).as(replayed.output()).isZero();
            assertThat(replayed.output()).contains("\"outcome\":\"same\"");
            assertThat(number(replayed.output(), "ticks"))
                    .as("ticks of %s", cell)
                    .isGreaterThan(100);
            assertThat(number(replayed.output(), "bases"))
                    .as("bases of %s", cell)
                    .isGreaterThan(2);
        }
    }

    @Test
    void exportsTicksToOneFileThatReplaysElsewhere() throws Exception {
        Path data = fightAndKill(2);
        Ended listed = run("replay", "--list", "--json", "--data", data.toString());
        Matcher cell = CELL.matcher(listed.output());
        assertThat(cell.find()).isTrue();
        long last = number(listed.output(), "lastTick");
        Path file = folder.resolve("fight.rec");

        String from = Long.toString(last - 60);
        String to = Long.toString(last - 20);
        Ended exported = run(
                "replay",
                "--cell",
                cell.group(1),
                "--from",
                from,
                "--to",
                to,
                "--export",
                file.toString(),
                "--data",
                data.toString());
        Ended elsewhere = run("replay", "--file", file.toString(), "--from", from, "--to", to);
        Ended never = run("replay", "--file", file.toString(), "--from", Long.toString(last + 1_000_000));

        assertThat(exported.code()).as(exported.output()).isZero();
        assertThat(elsewhere.code()).as(elsewhere.output()).isZero();
        assertThat(elsewhere.output()).contains("the same: " + cell.group(1));
        assertThat(never.code()).isEqualTo(3);
        assertThat(never.output()).contains("not recorded");
        assertThat(run("replay", "--help").output()).contains("Exit codes", "--export");
    }

    /** Four cells, drones and bots who hunt each other over their borders. */
    private static Path fightAndKill(int workers) throws IOException, InterruptedException {
        Path before = FOUGHT.get(workers);
        if (before != null) {
            return before;
        }
        Path data = folder.resolve("data-" + workers);
        try (ServerProcess server = ServerProcess.start(
                data,
                "--set",
                "world.partition=strip;count=4;width=256;depth=512",
                "--set",
                "workers.worldWorkers=" + workers,
                "--set",
                "worldLimits.split.enabled=false", // a busy machine would add layers
                "--set",
                "recorder.baseTicks=40",
                "--set",
                "checkpoint.interval=1")) {
            Ended bots = run(
                    "bots",
                    "--count",
                    "16",
                    "--duration",
                    "5s",
                    "--scenario",
                    "fight",
                    "--url",
                    server.socket().toString());
            assertThat(bots.code()).as(bots.output()).isZero();
            Awaitility.await("enough ticks")
                    .atMost(Duration.ofSeconds(120))
                    .until(() -> server.metric("worker_tick_count") >= TICKS * workers);
            assertThat(server.metric("recorder_stopped_cells_total")).isZero();
            server.kill();
        }
        FOUGHT.put(workers, data);
        return data;
    }

    private static long number(String json, String key) {
        Matcher matcher = Pattern.compile("\"" + key + "\":(\\d+)").matcher(json);
        assertThat(matcher.find()).as(json).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    private static Ended run(String... words) throws IOException, InterruptedException {
        Process process = ServerProcess.terrane(words);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), output);
    }
}
