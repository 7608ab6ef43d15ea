package dev.terrane.server.cli.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs {@code ip} and {@code tc}, and what else networks are made with. Blocks. */
final class Iproute {
    private Iproute() {}

    /**
     * Does it.
     *
     * @throws ClusterUnusableException if there is no such program, or with what it said when it failed
     */
    static void run(String... words) {
        String said;
        try {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() == 0) {
                return;
            }
        } catch (IOException e) {
            throw new ClusterUnusableException(
                    "cables need the programs ip, tc and nsenter (Linux: packages iproute2 and util-linux), and %s cannot be run"
                            .formatted(words[0]),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            said = "interrupted";
        }
        throw new ClusterUnusableException(
                "cables need network namespaces, which only root may make, and not on every machine: '%s' said: %s"
                        .formatted(String.join(" ", List.of(words)), said));
    }

    /** Like the other, for what may be gone already. @return whether it was done */
    static boolean runs(String... words) {
        try {
            run(words);
            return true;
        } catch (ClusterUnusableException gone) {
            return false;
        }
    }
}
