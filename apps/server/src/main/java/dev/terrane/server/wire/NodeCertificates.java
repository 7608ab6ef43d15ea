package dev.terrane.server.wire;

import dev.terrane.base.Clock;
import dev.terrane.base.NodeId;
import dev.terrane.link.door.ClusterCertificates;
import dev.terrane.link.door.LinkFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where a node finds what proves who it is, by the rules of {@code cluster.certificates}. */
public final class NodeCertificates {
    private NodeCertificates() {}

    /**
     * The files of a node. They are made if the authority's key lies there, or if {@code mayBegin} and there is no authority at all. Processes of one machine may share a folder: one at a time makes something.
     *
     * @param mayBegin whether a new authority may be made: only in a folder that nobody has named
     * @throws IllegalStateException when something is missing and cannot be made
     */
    public static LinkFiles of(Path folder, boolean mayBegin, String cluster, NodeId node, Clock clock) {
        boolean mayMake = Files.exists(folder.resolve("authority-key.pem"))
                || mayBegin && !Files.exists(folder.resolve("authority.pem"));
        if (mayMake) {
            return make(folder, cluster, node, clock);
        }
        LinkFiles files = new LinkFiles(
                folder.resolve("authority.pem"),
                folder.resolve("node-" + node + ".pem"),
                folder.resolve("node-" + node + "-key.pem"));
        for (Path file : new Path[] {files.authority(), files.certificate(), files.key()}) {
            if (!Files.isReadable(file)) {
                throw new IllegalStateException(
                        "%s is missing: node %s cannot say who it is. Copy it there, or authority-key.pem to have it made."
                                .formatted(file, node));
            }
        }
        return files;
    }

    private static LinkFiles make(Path folder, String cluster, NodeId node, Clock clock) {
        try {
            Path parent = folder.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Path lock = folder.resolveSibling(folder.getFileName() + ".lock");
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = channel.lock()) {
                if (!held.isValid()) {
                    throw new IOException("the lock was taken away");
                }
                return ClusterCertificates.in(folder, cluster, clock).of(node);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("certificates of node " + node + " in " + folder + " cannot be made", e);
        }
    }
}
