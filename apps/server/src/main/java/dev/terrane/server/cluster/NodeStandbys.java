package dev.terrane.server.cluster;

import dev.terrane.base.CellId;
import dev.terrane.base.Meters;
import dev.terrane.base.NodeId;
import dev.terrane.base.Threads;
import dev.terrane.base.WorldId;
import dev.terrane.cell.CellPorts;
import dev.terrane.cell.CellReplay;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.Command;
import dev.terrane.coordinator.Tenure;
import dev.terrane.recorder.RecordingHeader;
import dev.terrane.recorder.Replay;
import dev.terrane.server.recorder.Recordings;
import dev.terrane.server.standby.FollowedCells;
import dev.terrane.server.standby.StandbyStreams;
import dev.terrane.server.witness.TracedWays;
import dev.terrane.server.world.ClusterWorld;
import dev.terrane.server.world.WorldSetup;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Copies of cells: of this node's elsewhere, and of others' here. */
record NodeStandbys(StandbyStreams streams, FollowedCells followed, TracedWays traced)
        implements ClusterWorld.Standbys {
    static NodeStandbys open(SimRole.Parts parts, WorldSetup setup) {
        Meters meters = setup.runtime().meters();
        Replay.Game game = Recordings.game(new WorldId(setup.world().map().world()), setup.plugins());
        List<RecordingHeader.Module> modules = Recordings.modules(setup.plugins());
        StandbyStreams streams = new StandbyStreams(
                parts.post(),
                new LifeNews(parts.life()),
                setup.runtime().clock(),
                spec -> RecordingHeader.of(spec, modules, parts.hashTicks()),
                game.codec(),
                meters);
        streams.start();
        return new NodeStandbys(
                streams,
                new FollowedCells(
                        setup.node(),
                        parts.post(),
                        game,
                        threads(setup),
                        setup.runtime().clock().threads().serial("standby-practice"),
                        meters),
                new TracedWays(parts.memory().traces()));
    }

    private static List<ExecutorService> threads(WorldSetup setup) {
        Threads machine = setup.runtime().clock().threads();
        return IntStream.range(0, setup.pace().workerCount())
                .mapToObj(i -> machine.serial("standby-" + i))
                .toList();
    }

    /** As entries of the log. */
    private record LifeNews(NodeLife life) implements StandbyStreams.News {
        @Override
        public void ready(CellId cell, long epoch, NodeId standby, long standbyEntry) {
            life.propose(new Command.StandbyReady(cell, epoch, standby, standbyEntry));
        }

        @Override
        public void stuck(CellId cell, long epoch) {
            if (life.map().cell(cell).phase() == Tenure.Phase.MOVING) {
                life.propose(
                        new Command.AbortMove(cell, epoch)); // it cannot come to its end, and lets no standby be set
            }
            life.propose(new Command.SetStandby(cell, epoch, null));
        }
    }

    void follow(NodeId self, ClusterMap map) {
        streams.follow(self, map);
        followed.follow(map);
    }

    @Override
    public CellPorts gated(CellPorts real) {
        return streams.gated(traced.ofCell(real));
    }

    @Override
    public void promote(Collection<CellId> cells, BiConsumer<CellId, @Nullable CellReplay> taker) {
        followed.promote(cells, taker);
    }

    @Override
    public void whenFollowed(CellId cell, long epoch, Runnable then) {
        streams.whenFollowed(cell, epoch, then);
    }

    @Override
    public void whenStable(CellId cell, long epoch, long tick, Runnable then, Runnable broken) {
        streams.whenStable(cell, epoch, tick, then, broken);
    }

    void close() throws InterruptedException {
        streams.close();
        followed.close();
    }
}
