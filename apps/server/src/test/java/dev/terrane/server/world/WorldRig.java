package dev.terrane.server.world;

import dev.terrane.base.Clock;
import dev.terrane.base.NodeId;
import dev.terrane.cell.CellSettings;
import dev.terrane.cell.World;
import dev.terrane.cell.WorldSchema;
import dev.terrane.directory.Directory;
import dev.terrane.json.JsonPayloads;
import dev.terrane.placement.CrowdLimits;
import dev.terrane.placement.CrowdRules;
import dev.terrane.placement.LadderRules;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.WorldMap;
import dev.terrane.protocol.cluster.CellOutput;
import dev.terrane.server.plugins.PluginSource;
import dev.terrane.space.StripPartition;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Starts worlds with real threads over stores in memory, and keeps what their gateways were told. */
final class WorldRig implements AutoCloseable {
    static final NodeId NODE = new NodeId("node-1");
    static final CrowdRules NO_CROWDS =
            new CrowdRules(new CrowdLimits(100_000, 1_000, 100_000, Long.MAX_VALUE / 1_000), 1, 100, 50, 400, 200);

    final MemoryStores stores = new MemoryStores(new CountDownLatch(0));
    final LinkedBlockingQueue<CellOutput> told = new LinkedBlockingQueue<>();
    final CountedMeters counts = new CountedMeters();
    private final ScheduledExecutorService jobs = Executors.newScheduledThreadPool(2);

    HostedWorld start(int regions, int entities, WorldSetup.Pace pace, Consumer<CellContext> eachTick) {
        return HostedWorld.start(setup(regions, entities, pace, eachTick), new Directory());
    }

    WorldSetup setup(int regions, int entities, WorldSetup.Pace pace, Consumer<CellContext> eachTick) {
        return setup(regions, new PluginSource("hooked", () -> new Hooked(entities, eachTick), Map.of()), pace);
    }

    WorldSetup setup(int regions, PluginSource plugin, WorldSetup.Pace pace) {
        World world = new World(
                new WorldMap("test", new StripPartition(regions, 256, 512)),
                WorldSchema.of(List.of(plugin.fresh().get())),
                3);
        return new WorldSetup(
                NODE,
                world,
                List.of(plugin),
                CellSettings.defaults(),
                new WorldSetup.Stores(
                        new InPlaceGrants(stores, NODE),
                        stores,
                        stores,
                        new WorldSetup.Journal(stores.journal, new JsonPayloads(), (_, _) -> {})),
                new WorldSetup.Gateways((number, message) -> told.add(message), told::add, () -> {}, 1),
                new WorldSetup.Runtime(Clock.system(), counts, jobs),
                pace);
    }

    static WorldSetup.Pace workers(int count) {
        return new WorldSetup.Pace(count, 3_600, NO_CROWDS, LadderRules.OFF);
    }

    /** Real threads get half a minute, which none of them needs. */
    static boolean comesTrue(BooleanSupplier what) {
        long giveUpNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!what.getAsBoolean()) {
            if (System.nanoTime() > giveUpNanos) {
                return false;
            }
            Thread.onSpinWait();
            Thread.yield();
        }
        return true;
    }

    @Override
    public void close() {
        jobs.shutdownNow();
    }
}
