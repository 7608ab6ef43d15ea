package dev.terrane.server;

import dev.terrane.base.Clock;
import dev.terrane.base.NodeId;
import dev.terrane.cell.CellTaps;
import dev.terrane.cell.World;
import dev.terrane.cell.WorldSchema;
import dev.terrane.plugin.WorldMap;
import dev.terrane.postgres.DatabaseAddress;
import dev.terrane.postgres.LocalPostgres;
import dev.terrane.postgres.NodeClaim;
import dev.terrane.postgres.PostgresStore;
import dev.terrane.server.config.DatabaseAddresses;
import dev.terrane.server.config.TerraneConfig;
import dev.terrane.server.metrics.PrometheusMeters;
import dev.terrane.server.plugins.PluginLoader;
import dev.terrane.server.plugins.PluginSource;
import dev.terrane.server.plugins.Plugins;
import dev.terrane.server.recorder.FlightRecorder;
import dev.terrane.server.world.WorldSetup;
import dev.terrane.space.Partition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every process stands on: metrics, threads for work that waits, the game's plugins, the database. What is built on it is pushed here, too, and closed from the roof down.
 *
 * <p>Opened and built on by one thread; closing works once, on any.
 */
final class Ground {
    private static final Logger LOG = LoggerFactory.getLogger(Ground.class);
    private static final long JOBS_END_SECONDS_MAX = 2;
    /** One that is just ending gives its name back. */
    private static final Duration CLAIM_PATIENCE = Duration.ofSeconds(10);

    private static final long CLAIM_SECONDS = 5;

    final TerraneConfig config;
    final PrometheusMeters meters = new PrometheusMeters();
    /** What runs, the newest first. */
    private final Deque<AutoCloseable> running = new ArrayDeque<>();

    Ground(TerraneConfig config) {
        this.config = config;
        running.push(meters);
    }

    void push(AutoCloseable part) {
        running.push(part);
    }

    ScheduledExecutorService jobs() {
        ScheduledExecutorService jobs = new JobThreads(config.workers().jobWorkers());
        running.push(() -> {
            jobs.shutdown();
            if (!jobs.awaitTermination(JOBS_END_SECONDS_MAX, TimeUnit.SECONDS)) {
                LOG.atWarn().log("background work did not end in time and is abandoned");
            }
        });
        return jobs;
    }

    Plugins plugins() {
        return PluginLoader.load(config.world().game(), config.modules());
    }

    World world(List<PluginSource> plugins) {
        TerraneConfig.World wanted = config.world();
        WorldSchema schema = WorldSchema.of(
                plugins.stream().map(source -> source.fresh().get()).toList());
        return new World(new WorldMap(wanted.name(), Partition.parse(wanted.partition())), schema, wanted.seed());
    }

    /** The one that is configured, or a local one, started. */
    DatabaseAddress database() {
        TerraneConfig.Database database = config.database();
        if (database.url().isEmpty()) {
            LocalPostgres local =
                    LocalPostgres.start(Path.of(database.dataDir()), progress -> LOG.atInfo().log("{}", progress));
            running.push(local);
            meters.gauge("local_database_restarts", local::restartCount);
            return local.address();
        }
        return DatabaseAddresses.configured(database);
    }

    /** @param node nobody else may have this name on the same database */
    PostgresStore store(DatabaseAddress address, NodeId node, ScheduledExecutorService jobs) {
        PostgresStore store = PostgresStore.open(address);
        running.push(store);
        NodeClaim claim = NodeClaim.take(address, node.name(), CLAIM_PATIENCE);
        running.push(claim);
        jobs.scheduleWithFixedDelay(claim::renew, CLAIM_SECONDS, CLAIM_SECONDS, TimeUnit.SECONDS);
        return store;
    }

    WorldSetup.Runtime runtime(ScheduledExecutorService jobs, List<PluginSource> plugins) {
        return new WorldSetup.Runtime(Clock.system(), meters, jobs, taps(plugins));
    }

    private CellTaps taps(List<PluginSource> plugins) {
        FlightRecorder recorder = FlightRecorder.start(
                config.recorder(), Path.of(config.database().dataDir()), plugins, meters);
        if (recorder == null) {
            return CellTaps.none();
        }
        running.push(recorder);
        return recorder;
    }

    /** Stops everything, the newest first; false when something could not be stopped cleanly (it is in the log). */
    synchronized boolean close() {
        boolean clean = true;
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                clean = false;
                LOG.atError().setCause(e).log("stopping went wrong: {}", e.getMessage());
            }
        }
        return clean;
    }
}
