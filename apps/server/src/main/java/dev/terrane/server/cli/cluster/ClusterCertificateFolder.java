package dev.terrane.server.cli.cluster;

import dev.terrane.base.Clock;
import dev.terrane.base.NodeId;
import dev.terrane.server.wire.NodeCertificates;
import java.nio.file.Path;
import java.util.List;

/** One authority for all nodes of a local cluster; made here, so that they do not wait for each other's lock. */
final class ClusterCertificateFolder {
    private ClusterCertificateFolder() {}

    static Path in(Path folder) {
        return folder.resolve("certificates");
    }

    /** Makes what is missing. Blocks on the disk. */
    static void fill(Path folder, String cluster, List<NodeFacts> nodes) {
        for (NodeFacts node : nodes) {
            NodeCertificates.of(in(folder), true, cluster, new NodeId(node.name()), Clock.system());
        }
    }
}
