package dev.terrane.server.services;

import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import dev.terrane.base.NodeId;
import dev.terrane.checkpoint.JournalStore;
import dev.terrane.command.CommandReceiver;
import dev.terrane.command.LaneHint;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.node.NodeHearer;
import dev.terrane.node.NodeMessage;
import dev.terrane.node.NodePost;
import dev.terrane.server.lanes.OtherNodes;
import dev.terrane.server.lanes.RunningLanes;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A node that consumes lanes: the services' by itself, the cells' by the sims that have them. Several share the partitions by their leases; one of them passes on each outbox.
 *
 * <p>The node has to call what {@link NodeHearer} says, and {@link #onMap}. Nothing blocks but {@link #open} and {@link #close}.
 */
public final class ServiceRole implements NodeHearer, AutoCloseable {
    private static final long SWEEP_MILLIS = 100;
    private static final long REMIND_MILLIS = 1_000;

    private final AvatarReplica avatars;
    private final KeyAddresses addresses;
    private final ClusterCells cells;
    private final RunningLanes lanes;
    private final PlayersAfar players;
    private final AtomicReference<ClusterMap> map;

    /**
     * What joins it to its node.
     *
     * @param life of the node: another one after each start
     * @param jobs for work that waits: its threads may block
     */
    public record Ties(
            NodeId self, long life, NodePost post, Clock clock, Meters meters, ScheduledExecutorService jobs) {}

    /** Starts the lanes of this process. */
    @FunctionalInterface
    public interface LaneStarter {
        /** Blocks until they run. @param cells carry out what comes by the cells' lane */
        RunningLanes start(CommandReceiver cells, OtherNodes others);
    }

    private ServiceRole(Ties ties, AvatarReplica avatars, KeyAddresses addresses, ClusterCells cells, Started started) {
        this.avatars = avatars;
        this.addresses = addresses;
        this.cells = cells;
        this.map = started.map;
        this.lanes = started.lanes;
        this.players = started.players;
        ties.jobs().scheduleWithFixedDelay(cells::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
        ties.jobs()
                .scheduleWithFixedDelay(started.players::remind, REMIND_MILLIS, REMIND_MILLIS, TimeUnit.MILLISECONDS);
    }

    private record Started(AtomicReference<ClusterMap> map, PlayersAfar players, RunningLanes lanes) {}

    /** Consumes from now on what it gets leases for; what is for cells waits until the first map is told. Blocks until the lanes run. */
    public static ServiceRole open(Ties ties, WorldTerms terms, JournalStore journal, LaneStarter starter) {
        AtomicReference<ClusterMap> map = new AtomicReference<>(ClusterMap.EMPTY);
        AvatarReplica avatars = new AvatarReplica(ties.clock());
        KeyAddresses addresses = new KeyAddresses(terms.world(), terms.partition(), avatars);
        ClusterCells cells = new ClusterCells(
                new ClusterCells.Ways(ties.post(), journal, ties.jobs(), ties.life() >>> 1),
                addresses,
                ties.clock(),
                ties.meters());
        PlayersAfar players = new PlayersAfar(ties.self(), ties.post(), map::get, ties.clock(), ties.meters());
        return new ServiceRole(
                ties, avatars, addresses, cells, new Started(map, players, starter.start(cells, players)));
    }

    /** The map has changed. */
    public void onMap(ClusterMap before, ClusterMap now) {
        map.set(now);
        addresses.follow(now);
        avatars.follow(now);
    }

    @Override
    public void connected(NodeId peer, long life) {
        avatars.doubt(peer);
        players.connected(peer);
    }

    @Override
    public void lost(NodeId peer, long life) {
        avatars.doubt(peer);
        cells.lost(peer);
    }

    @Override
    public void received(NodeId peer, NodeMessage message) {
        switch (message) {
            case NodeMessage.Delivered delivered -> cells.answered(peer, delivered);
            case NodeMessage.NotDelivered refused -> cells.notDelivered(peer, refused);
            case NodeMessage.AvatarNews news -> avatars.heard(peer, news);
            case NodeMessage.Nudge(LaneHint hint) -> lanes.nudge(hint);
            default -> {} // is for others
        }
    }

    /** Concludes what is on its way, and gives leases back. */
    @Override
    public void close() throws InterruptedException {
        lanes.close();
    }
}
