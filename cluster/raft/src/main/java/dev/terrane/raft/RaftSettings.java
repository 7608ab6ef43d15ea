package dev.terrane.raft;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a coordinator needs to take part.
 *
 * @param self its own name among the peers
 * @param peers all coordinators, itself too; one alone leads at once, and three survive the loss of one
 * @param folder its own, and kept: whoever loses it has forgotten its votes
 * @param snapshotEvery entries, after which the state is written and the log before it is thrown away
 * @param trust null: whoever reaches the port is believed, in the clear; for one machine only
 */
public record RaftSettings(
        String self,
        List<CoordinatorPeer> peers,
        Path folder,
        int snapshotEvery,
        RaftTimings timings,
        @Nullable RaftTrust trust) {
    /** Entries of a few hundred bytes: one or two MB to read at a start. */
    public static final int SNAPSHOT_EVERY_USUAL = 10_000;

    public RaftSettings {
        peers = List.copyOf(peers);
        if (snapshotEvery < 1) {
            throw new IllegalArgumentException("a snapshot every " + snapshotEvery + " entries is none");
        }
        if (peers.stream().map(CoordinatorPeer::name).distinct().count() != peers.size()
                || peers.stream().map(CoordinatorPeer::address).distinct().count() != peers.size()) {
            throw new IllegalArgumentException("coordinators need names and addresses of their own: " + peers);
        }
        if (peers.stream().noneMatch(peer -> peer.name().equals(self))) {
            throw new IllegalArgumentException("coordinator " + self + " is not among its peers " + peers);
        }
    }

    /** Without certificates. */
    public RaftSettings(String self, List<CoordinatorPeer> peers, Path folder, int snapshotEvery, RaftTimings timings) {
        this(self, peers, folder, snapshotEvery, timings, null);
    }

    /** The same, but only coordinators that show who they are take part. */
    public RaftSettings with(RaftTrust files) {
        return new RaftSettings(self, peers, folder, snapshotEvery, timings, files);
    }

    CoordinatorPeer own() {
        return peers.stream()
                .filter(peer -> peer.name().equals(self))
                .findFirst()
                .orElseThrow();
    }
}
