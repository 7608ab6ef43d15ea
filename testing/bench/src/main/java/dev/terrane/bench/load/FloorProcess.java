package dev.terrane.bench.load;

import dev.terrane.bench.load.floor.Floor;
import dev.terrane.bench.load.os.ChildJvm;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The bare loop, pinned to the server's core with the server's JVM flags. */
final class FloorProcess implements AutoCloseable {
    private static final long START_SECONDS_MAX = 20;

    private final ChildJvm jvm;
    private final int port;

    private FloorProcess(ChildJvm jvm, int port) {
        this.jvm = jvm;
        this.port = port;
    }

    /** @param frameBytes of each frame, with its header */
    static FloorProcess start(Laboratory laboratory, int frameBytes, int framesPerSecond) {
        CompletableFuture<Integer> port = new CompletableFuture<>();
        ChildJvm jvm = ChildJvm.start(
                laboratory.cores().forServer(),
                laboratory.jvm(),
                Floor.class,
                List.of(Integer.toString(frameBytes), Integer.toString(framesPerSecond)),
                line -> {
                    if (line.startsWith("listening ")) {
                        port.complete(Integer.parseInt(line.substring("listening ".length())));
                    }
                });
        try {
            return new FloorProcess(jvm, port.get(START_SECONDS_MAX, TimeUnit.SECONDS));
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            jvm.close();
            throw new IllegalStateException("the floor did not start:\n" + jvm.tail(), e);
        }
    }

    int port() {
        return port;
    }

    long pid() {
        return jvm.pid();
    }

    @Override
    public void close() {
        jvm.close();
    }
}
