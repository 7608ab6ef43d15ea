package dev.terrane.server.cli;

import java.io.PrintWriter;

/** Says how far a replay has come, once it takes longer than two seconds. */
final class ReplayProgress implements AutoCloseable {
    private static final long QUIET_NANOS = 2_000_000_000L;
    private static final long STEP_NANOS = 500_000_000L;

    private final PrintWriter err;
    private final long last;
    private final long first;
    private final boolean terminal =
            System.console() != null && System.console().isTerminal();
    private long dueNanos = System.nanoTime() + QUIET_NANOS;
    private boolean shown;

    ReplayProgress(PrintWriter err, long first, long last) {
        this.err = err;
        this.first = first;
        this.last = last;
    }

    void ticked(long tick) {
        if (System.nanoTime() - dueNanos < 0) {
            return;
        }
        dueNanos = System.nanoTime() + STEP_NANOS;
        String line = "replaying tick %d of %d to %d".formatted(tick, first, last);
        if (terminal) {
            err.print("\r\u001b[K" + line);
            shown = true;
        } else {
            err.println(line);
        }
        err.flush();
    }

    @Override
    public void close() {
        if (shown) {
            err.print("\r\u001b[K");
            err.flush();
            shown = false;
        }
    }
}
