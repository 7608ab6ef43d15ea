package dev.terrane.server.cli.cluster;

import dev.terrane.server.config.TerraneConfig;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The local cluster that somebody wants.
 *
 * @param folder of everything that is kept, absolute
 * @param port of the first gateway; 0 takes a free one
 * @param heap of a node's JVM, as -Xmx has it
 * @param cables whether every sim runs behind a cable that can be cut, see {@link CableNetwork}
 */
public record ClusterWish(Path folder, Counts counts, int port, String heap, boolean cables, Settings settings) {
    /** How many of each role. */
    public record Counts(int coordinators, int sims, int services, int gateways) {
        public Counts {
            if (coordinators != 1 && coordinators != 3) {
                throw new ClusterUnusableException(
                        "a cluster has 3 coordinators, or 1 that must not fail; not " + coordinators);
            }
            if (sims < 1 || gateways < 1 || services < 0) {
                throw new ClusterUnusableException("a cluster needs at least one sim and one gateway");
            }
        }
    }

    /**
     * What the nodes have in common.
     *
     * @param config their file; null for none
     * @param set keys that each gets on its command line
     * @param read all of it, as this process reads it
     */
    public record Settings(@Nullable Path config, Map<String, String> set, TerraneConfig read, Build build) {
        /** Of this process's build. */
        public Settings(@Nullable Path config, Map<String, String> set, TerraneConfig read) {
            this(config, set, read, Build.OURS);
        }
    }

    /**
     * The program that the nodes run.
     *
     * @param classPath empty: as this process has it
     * @param learns whether the last node of each role keeps what its JVM has learned, see {@link WarmCache}
     */
    public record Build(String classPath, boolean learns) {
        static final Build OURS = new Build("", false);
    }
}
