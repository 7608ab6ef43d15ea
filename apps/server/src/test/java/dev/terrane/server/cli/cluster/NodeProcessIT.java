package dev.terrane.server.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a shell in a node's place. */
class NodeProcessIT {
    private static final String READY = "echo '12:00:00.000 INFO  ready node=s1'; ";

    @TempDir
    Path folder;

    @Test
    void isReadyWhenItSaysSoAndNotBecauseItSaidSoBefore() throws Exception {
        Files.writeString(folder.resolve("s1.log"), "11:00:00.000 INFO  ready node=s1\n");
        NodeProcess process = start("echo not ready yet; exec sleep 60");
        try {
            until(() -> process.tail().equals("not ready yet"));
            assertThat(process.awaitReady(300)).isFalse();
        } finally {
            process.kill();
        }
        NodeProcess second = start(READY + "exec sleep 60");
        try {
            assertThat(second.awaitReady(60_000)).isTrue();
        } finally {
            second.kill();
        }
    }

    @Test
    void tellsWhenItEndsBeforeItIsReady() throws Exception {
        NodeProcess process = start("echo no such database; exit 2");
        CompletableFuture<Integer> code = new CompletableFuture<>();
        process.whenEnded(code::complete);

        assertThat(process.awaitReady(60_000)).isFalse();
        assertThat(code.get(60, TimeUnit.SECONDS)).isEqualTo(2);
        assertThat(process.tail()).isEqualTo("no such database");
    }

    @Test
    void endsThoughItWasStopped() throws Exception {
        NodeProcess process = start(READY + "exec sleep 60");
        assertThat(process.awaitReady(60_000)).isTrue();
        assertThat(process.facts().signal("STOP")).isTrue();
        until(() -> process.facts().state() == ProcessFacts.State.STOPPED);

        process.terminate();

        assertThat(process.awaitEnd(60_000)).isTrue();
        assertThat(process.facts().state()).isEqualTo(ProcessFacts.State.GONE);
    }

    @Test
    void mayTakeItsTimeWhenItIsAskedToEnd() throws Exception {
        NodeProcess process =
                start("trap 'sleep 1; echo all is stored; exit 7' TERM; " + READY + "while :; do sleep 0.05; done");
        assertThat(process.awaitReady(60_000)).isTrue();

        process.terminate();

        assertThat(process.awaitEnd(60_000)).isTrue();
        assertThat(process.exitCode()).isEqualTo(7);
        assertThat(process.tail()).endsWith("all is stored");
    }

    @Test
    void isKilledByItsGuardWhenWhoeverStartedItIsGone() throws Exception {
        NodeProcess process = start("trap '' TERM; " + READY + "while :; do sleep 1; done");
        assertThat(process.awaitReady(60_000)).isTrue();

        // What the system does with a dead process's end of a pipe.
        try (OutputStream ours = process.guard()) {
            ours.flush();
        }

        assertThat(process.awaitEnd(60_000)).isTrue();
        assertThat(process.exitCode()).isEqualTo(128 + 9);
    }

    private static void until(BooleanSupplier holds) {
        long giveUpNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(giveUpNanos);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    private NodeProcess start(String script) throws IOException {
        return NodeProcess.start(List.of("sh", "-c", script), Map.of(), folder.resolve("s1.log"));
    }
}
