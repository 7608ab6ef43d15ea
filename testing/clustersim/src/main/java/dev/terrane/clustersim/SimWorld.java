package dev.terrane.clustersim;

import dev.terrane.base.WorldId;
import dev.terrane.cell.DeclaredIntents;
import dev.terrane.cell.World;
import dev.terrane.cell.WorldSchema;
import dev.terrane.clustersim.game.GameEar;
import dev.terrane.clustersim.game.Roam;
import dev.terrane.node.NodeMessageCodec;
import dev.terrane.plugin.WorldMap;
import dev.terrane.protocol.cluster.CellFrameCodec;
import dev.terrane.protocol.cluster.CellInputCodec;
import dev.terrane.protocol.cluster.CellOutputCodec;
import dev.terrane.server.config.ConfigLoader;
import dev.terrane.server.config.TerraneConfig;
import dev.terrane.server.plugins.PluginSource;
import dev.terrane.space.Partition;
import java.util.List;
import java.util.Map;

/** What all nodes of a run are configured with. */
record SimWorld(TerraneConfig config, World world, PluginSource game, NodeMessageCodec codec) {
    static final WorldId ID = new WorldId("roam");

    static SimWorld of(Plan plan, GameEar ear) {
        String partition =
                "strip;count=%d;width=256.0;depth=512.0".formatted(plan.size().regions());
        String hz = String.valueOf(plan.pace().hz());
        TerraneConfig config = ConfigLoader.load(
                        null,
                        Map.of(),
                        Map.ofEntries(
                                Map.entry("world.name", ID.name()),
                                Map.entry("world.partition", partition),
                                Map.entry("simulation.simulationHz", hz),
                                Map.entry("simulation.networkSnapshotHz", hz),
                                Map.entry("workers.gatewayWorkers", "1"),
                                Map.entry("auth.jwt.secret", "a secret that all gateways have, of 32 bytes"),
                                Map.entry("aoi.radius", "200")))
                .config();
        PluginSource game = new PluginSource("roam", () -> new Roam(plan.size().walkersPerRegion(), ear), Map.of());
        World world = new World(
                new WorldMap(ID.name(), Partition.parse(partition)),
                WorldSchema.of(List.of(game.fresh().get())),
                plan.seed());
        NodeMessageCodec codec = new NodeMessageCodec(new NodeMessageCodec.World(
                new CellInputCodec(ID, DeclaredIntents.of(List.of(game.fresh().get()))),
                new CellOutputCodec(ID),
                new CellFrameCodec(ID)));
        return new SimWorld(config, world, game, codec);
    }
}
