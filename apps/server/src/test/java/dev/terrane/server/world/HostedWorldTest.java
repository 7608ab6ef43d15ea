package dev.terrane.server.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import dev.terrane.base.NodeId;
import dev.terrane.base.RegionId;
import dev.terrane.cell.CellSettings;
import dev.terrane.cell.World;
import dev.terrane.cell.WorldSchema;
import dev.terrane.directory.Directory;
import dev.terrane.json.JsonPayloads;
import dev.terrane.placement.CrowdLimits;
import dev.terrane.placement.CrowdRules;
import dev.terrane.placement.LadderRules;
import dev.terrane.plugin.WorldMap;
import dev.terrane.protocol.cluster.CellOutput;
import dev.terrane.server.plugins.PluginSource;
import dev.terrane.space.StripPartition;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostedWorldTest {
    private static final int REGIONS = 3;
    private static final CrowdRules NO_CROWDS =
            new CrowdRules(new CrowdLimits(1_000, 1_000, 1_000, 1_000_000_000), 1, 100, 50, 400, 200);
    private static final NodeId NODE = new NodeId("node-1");

    private final AtomicInteger beginnings = new AtomicInteger();
    private final AtomicInteger throwing = new AtomicInteger(-1);
    private final CountDownLatch stored = new CountDownLatch(REGIONS);
    private final MemoryStores stores = new MemoryStores(stored);
    private final BlockingQueue<CellOutput> up = new LinkedBlockingQueue<>();
    private final ScheduledExecutorService jobs = Executors.newScheduledThreadPool(2);

    @AfterEach
    void stopJobs() {
        jobs.shutdownNow();
    }

    @Test
    void storesTheBeginningAtOnceAndRestartsAFailedCellFromIt() throws InterruptedException {
        try (HostedWorld world = start(REGIONS)) {
            // The interval is an hour: what is stored now was asked for at the start.
            assertThat(stored.await(30, TimeUnit.SECONDS))
                    .as("each cell's beginning")
                    .isTrue();
            throwing.set(1);
            assertThat(up.poll(30, TimeUnit.SECONDS)).isInstanceOfSatisfying(CellOutput.CellUp.class, again -> {
                assertThat(again.cell().region()).isEqualTo(new RegionId(1, 0));
                assertThat(again.epoch()).as("a new epoch").isEqualTo(REGIONS + 1);
            });
            awaitEntities(world);
            assertThat(beginnings).as("the past came from the checkpoint").hasValue(REGIONS);
            assertThat(up).as("the others went on").isEmpty();
        }
    }

    @Test
    void beginsEachRegionOnceThoughItRestedBeforeItsFirstTick() {
        start(REGIONS).close();
        try (HostedWorld again = start(REGIONS)) {
            awaitEntities(again);
            assertThat(beginnings).hasValue(REGIONS);
        }
        try (HostedWorld third = start(REGIONS)) {
            awaitEntities(third);
            assertThat(beginnings).hasValue(REGIONS);
        }
    }

    @Test
    void refusesPartitionWithoutRoomForWhatIsStored() {
        start(REGIONS).close();
        assertThatThrownBy(() -> start(REGIONS - 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("test/2,0#0", "world.partition", "world.name");
    }

    private static void awaitEntities(HostedWorld world) {
        long giveUpNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (world.entityCount() != REGIONS * Fragile.ENTITIES_PER_REGION && System.nanoTime() < giveUpNanos) {
            Thread.onSpinWait();
        }
        assertThat(world.entityCount()).isEqualTo(REGIONS * Fragile.ENTITIES_PER_REGION);
    }

    private HostedWorld start(int regions) {
        PluginSource plugin = new PluginSource("fragile", () -> new Fragile(beginnings, throwing), Map.of());
        World world = new World(
                new WorldMap("test", new StripPartition(regions, 256, 512)),
                WorldSchema.of(List.of(plugin.fresh().get())),
                3);
        WorldSetup setup = new WorldSetup(
                NODE,
                world,
                List.of(plugin),
                CellSettings.defaults(),
                new WorldSetup.Stores(
                        new InPlaceGrants(stores, NODE),
                        stores,
                        stores,
                        new WorldSetup.Journal(stores.journal, new JsonPayloads(), (_, _) -> {})),
                new WorldSetup.Gateways((number, message) -> true, up::add, () -> {}, 1),
                new WorldSetup.Runtime(Clock.system(), Meters.none(), jobs),
                new WorldSetup.Pace(1, 3600, NO_CROWDS, LadderRules.OFF));
        return HostedWorld.start(setup, new Directory());
    }
}
