package dev.terrane.server.standby;

import dev.terrane.base.CellId;
import dev.terrane.base.Meters;
import dev.terrane.base.NodeId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellListener;
import dev.terrane.cell.CellPorts;
import dev.terrane.cell.CellSettings;
import dev.terrane.cell.CellSpec;
import dev.terrane.cell.PluginModule;
import dev.terrane.cell.World;
import dev.terrane.node.NodeMessage;
import dev.terrane.node.NodePost;
import dev.terrane.plugin.WorldMap;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.recorder.RecordingHeader;
import dev.terrane.recorder.Replay;
import dev.terrane.server.plugins.PluginSource;
import dev.terrane.server.recorder.Recordings;
import dev.terrane.server.world.Hooked;
import dev.terrane.space.StripPartition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One cell of a small world, two nodes and what one tells the other. */
final class StandbyRig {
    static final WorldId WORLD = new WorldId("test");
    static final CellId CELL = new CellId(WORLD, new RegionId(0, 0), 0);
    static final NodeId OWNER = new NodeId("a");
    static final NodeId STANDBY = new NodeId("b");
    static final long EPOCH = 1;

    final Replay.Game game = Recordings.game(WORLD, List.of(source()));
    final Post post = new Post();

    /** Keeps what is told; there is a link to everybody. */
    static final class Post implements NodePost {
        final LinkedBlockingQueue<NodeMessage> told = new LinkedBlockingQueue<>();

        @Override
        public boolean tell(NodeId to, NodeMessage message) {
            return told.add(message);
        }

        @Override
        public void flush() {}

        @Override
        public Set<NodeId> linked() {
            return Set.of(OWNER, STANDBY);
        }
    }

    private static PluginSource source() {
        return new PluginSource("hooked", () -> new Hooked(1, _ -> {}), Map.of());
    }

    RecordingHeader header(CellSpec spec) {
        return RecordingHeader.of(spec, Recordings.modules(List.of(source())), 1);
    }

    CellSpec spec() {
        World world = new World(new WorldMap(WORLD.name(), new StripPartition(1, 256, 512)), game.schema(), 3);
        return new CellSpec(CELL, EPOCH, 1, world, CellSettings.defaults());
    }

    /** Nobody hears it. */
    static CellPorts silent() {
        return new CellPorts(
                (_, _, _) -> Admission.ACCEPTED, (_, _) -> true, CellListener.none(), Meters.none(), () -> 0);
    }

    Cell open(CellPorts ports) {
        return Cell.open(spec(), List.of(new PluginModule(new Hooked(1, _ -> {}), Map.of())), ports);
    }

    /** Real threads get half a minute, which none of them needs. */
    static boolean comesTrue(BooleanSupplier what) {
        long giveUpNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!what.getAsBoolean()) {
            if (System.nanoTime() > giveUpNanos) {
                return false;
            }
            Thread.yield();
        }
        return true;
    }
}
