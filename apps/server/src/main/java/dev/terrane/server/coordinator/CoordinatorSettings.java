package dev.terrane.server.coordinator;

import dev.terrane.base.NodeId;
import dev.terrane.raft.CoordinatorPeer;
import dev.terrane.raft.RaftSettings;
import dev.terrane.raft.RaftTimings;
import dev.terrane.server.config.ClusterConfig;
import dev.terrane.server.wire.CoordinatorAddress;
import dev.terrane.steward.StewardTiming;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a coordinator needs to know.
 *
 * @param self its name among the peers
 * @param peers where the logs of all coordinators are reached, its own too
 * @param folder of its log, kept between starts
 */
public record CoordinatorSettings(
        NodeId self, List<CoordinatorPeer> peers, Path folder, StewardTiming timing, WorldPlan world) {
    private static final long RESET_NANOS_MIN = TimeUnit.MILLISECONDS.toNanos(60);
    /** However patient with silence: who is killed breaks his links, and whose link only broke is back within 50 ms. */
    private static final long RESET_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(120);

    /** The log answers within {@link RaftTimings#answerWithin}; what was proposed again before that would be there twice. */
    private static final long ANSWER_NANOS =
            RaftTimings.usual().answerWithin().plusSeconds(1).toNanos();

    /** It begins only when the copy is whole. The owner calls it off sooner; this is for one that cannot. */
    private static final long MOVE_NANOS = TimeUnit.SECONDS.toNanos(3);
    /** A broken link is connected again within this part of the silence, or its node is lost. */
    private static final int RESET_PART = 4;

    public CoordinatorSettings {
        peers = List.copyOf(peers);
    }

    public static CoordinatorSettings of(ClusterConfig config, Path folder, WorldPlan world) {
        List<CoordinatorPeer> peers = CoordinatorAddress.parse(config.coordinators()).stream()
                .map(address -> new CoordinatorPeer(address.node().name(), address.host(), address.logPort()))
                .toList();
        return new CoordinatorSettings(new NodeId(config.node()), peers, folder, timing(config.silence()), world);
    }

    /** A new leader waits two silences before it declares anybody lost: beats have reached it as a follower, too. */
    public static StewardTiming timing(int silenceMillis) {
        long silence = TimeUnit.MILLISECONDS.toNanos(silenceMillis);
        long reset = Math.clamp(silence / RESET_PART, RESET_NANOS_MIN, RESET_NANOS_MAX);
        return new StewardTiming(silence, Math.min(silence, reset), 2 * silence, ANSWER_NANOS, MOVE_NANOS);
    }

    RaftSettings raft() {
        return new RaftSettings(self.name(), peers, folder, RaftSettings.SNAPSHOT_EVERY_USUAL, RaftTimings.usual());
    }
}
