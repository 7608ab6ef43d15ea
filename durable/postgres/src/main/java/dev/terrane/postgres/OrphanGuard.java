package dev.terrane.postgres;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.concurrent.TimeUnit;

/**
 * Stops the server when this JVM is gone, even by SIGKILL: a shell that waits for the end of its input, which the system closes with
 * us. A server that outlived both is found by the next start.
 */
final class OrphanGuard implements AutoCloseable {
    // Ctrl-C reaches the whole foreground group: the guard must outlive it, for we still have checkpoints to write.
    private static final String SCRIPT = "trap '' INT TERM HUP QUIT; read -r _; kill -INT \"$1\"";

    private static final long END_SECONDS_MAX = 5;

    private final Process shell;

    private OrphanGuard(Process shell) {
        this.shell = shell;
    }

    /** @param pid of the server's main process, which SIGINT ends quickly and cleanly */
    static OrphanGuard of(long pid) throws IOException {
        return new OrphanGuard(new ProcessBuilder("sh", "-c", SCRIPT, "terrane-postgres-guard", Long.toString(pid))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start());
    }

    /** The server may go on, or stops another way. */
    @Override
    public void close() {
        // Killed, not closed: the end of its input is what makes it act.
        shell.destroyForcibly();
        try {
            shell.waitFor(
                    END_SECONDS_MAX, TimeUnit.SECONDS); // not onExit: in a JVM that ends, nobody may be left to tell it
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
