package dev.terrane.server;

import dev.terrane.base.Clock;
import dev.terrane.base.WorldId;
import dev.terrane.checkpoint.JournalStore;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandReceiver;
import dev.terrane.command.LaneHint;
import dev.terrane.command.LaneRoutes;
import dev.terrane.command.PayloadCodec;
import dev.terrane.economy.EconomyCommands;
import dev.terrane.economy.EconomyQueries;
import dev.terrane.gateway.LaneOutput;
import dev.terrane.inventory.InventoryCommands;
import dev.terrane.json.JsonPayloads;
import dev.terrane.postgres.DatabaseAddress;
import dev.terrane.postgres.OneWorld;
import dev.terrane.postgres.PostgresJobBooks;
import dev.terrane.postgres.PostgresJobs;
import dev.terrane.postgres.PostgresStore;
import dev.terrane.postgres.PostgresViews;
import dev.terrane.postgres.economy.PostgresEconomy;
import dev.terrane.postgres.inventory.PostgresInventory;
import dev.terrane.postgres.lane.LaneLayout;
import dev.terrane.postgres.lane.LetterKeys;
import dev.terrane.postgres.lane.PostgresLaneStore;
import dev.terrane.postgres.service.CellOutgoing;
import dev.terrane.postgres.service.ServiceOutbox;
import dev.terrane.postgres.service.ServiceReceiver;
import dev.terrane.postgres.service.ServiceUpkeep;
import dev.terrane.postgres.trade.PostgresTrade;
import dev.terrane.server.config.TerraneConfig;
import dev.terrane.server.edge.GatewayHub;
import dev.terrane.server.jobs.Job;
import dev.terrane.server.jobs.JobCommands;
import dev.terrane.server.jobs.JobLane;
import dev.terrane.server.jobs.JobScheduler;
import dev.terrane.server.jobs.JobTools;
import dev.terrane.server.lanes.CommandLanes;
import dev.terrane.server.lanes.GatewayLanes;
import dev.terrane.server.lanes.OtherNodes;
import dev.terrane.server.plugins.JobSource;
import dev.terrane.server.services.GatewayCommands;
import dev.terrane.server.services.ServiceRole;
import dev.terrane.server.services.WorldTerms;
import dev.terrane.server.world.HostedWorld;
import dev.terrane.server.world.WorldSetup;
import dev.terrane.trade.TradeCommands;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What makes commands durable in this process: joins lanes, journal, services and outboxes to the database. */
final class Durability implements AutoCloseable {
    /** Threads that wait for the database in place of the lanes. */
    private static final int WAITING_THREADS = 3;

    private static final int READING_THREADS = 2;
    private static final int READS_WAITING_MAX = 64;

    private static final String ECONOMY = "economy";
    private static final String INVENTORY = "inventory";
    private static final String TRADE = "trade";
    private static final long FORGETTING_NANOS_MAX = TimeUnit.SECONDS.toNanos(15);
    private static final int HOLDS_AT_ONCE = 500;
    private static final int TRADES_AT_ONCE = 200;
    private static final long TRADE_SILENT_MILLIS = TimeUnit.MINUTES.toMillis(5);
    private static final ServiceReceiver.Options TRADE_OPTIONS = new ServiceReceiver.Options(1, 256);

    /** Stands where a node only appends to a lane. */
    private static final CommandReceiver NOBODY = (_, reply) -> reply.unavailable("this node carries out no commands");

    private final TerraneConfig config;
    private final PostgresStore store;
    private final LaneRoutes routes;
    private final PayloadCodec payloads = new JsonPayloads();
    private final ExecutorService workers;
    private final ApiReads reads = new ApiReads(READING_THREADS, READS_WAITING_MAX);
    /** A thread for each job that runs: none waits for another. */
    private final ExecutorService jobWorkers = Executors.newCachedThreadPool(
            Thread.ofPlatform().name("job-work-", 0).daemon().factory());

    private final List<JobSource> plugins;
    private final PostgresEconomy economy;
    private final PostgresInventory inventory;
    private final PostgresTrade trade;
    private volatile Consumer<LaneHint> committed = _ -> {};

    private Durability(TerraneConfig config, PostgresStore store, DatabaseAddress address, List<JobSource> plugins) {
        this.config = config;
        this.store = store;
        this.plugins = plugins;
        List<String> receivers = new ArrayList<>(List.of(ECONOMY, INVENTORY, TRADE, JobCommands.LANE));
        plugins.forEach(plugin -> receivers.add(JobCommands.laneOfPlugin(plugin.name())));
        this.routes = new LaneRoutes(receivers, config.commands().partitions());
        ServiceReceiver.Options options = ServiceReceiver.Options.USUAL;
        this.workers = Executors.newFixedThreadPool(
                options.workerCount() + 2 * TRADE_OPTIONS.workerCount() + 1,
                Thread.ofPlatform().name("service-", 0).daemon().factory());
        this.economy = PostgresEconomy.open(
                address,
                Settings.currencies(config.economy()),
                new PostgresEconomy.Setup(payloads, Clock.system(), workers, options));
        this.inventory = PostgresInventory.open(
                address,
                Settings.goods(config.inventory()),
                new PostgresInventory.Setup(payloads, Clock.system(), workers, TRADE_OPTIONS));
        this.trade = PostgresTrade.open(address, payloads, Clock.system(), workers, TRADE_OPTIONS);
    }

    /** Brings the services' schemas up to date. Blocks. @param plugins that work in the background */
    static Durability open(
            TerraneConfig config, PostgresStore store, DatabaseAddress address, List<JobSource> plugins) {
        OneWorld.require(store.database(), new WorldId(config.world().name()));
        LaneLayout.require(store.database(), config.commands().partitions());
        return new Durability(config, store, address, plugins);
    }

    WorldSetup.Journal journal() {
        return new WorldSetup.Journal(store.journal(new CellOutgoing(routes)), payloads, this::committed);
    }

    private PostgresViews views(WorldTerms terms) {
        return new PostgresViews(store, terms.world(), terms.documents(), terms.journals());
    }

    /** For a process that is alone. */
    CommandLanes lanes(String node, HostedWorld world, GatewayHub hub, WorldSetup.Runtime runtime) {
        return lanes(node, terms(world), runtime, new Others(world.receiver(), hub::tellAll, null));
    }

    private static WorldTerms terms(HostedWorld world) {
        return new WorldTerms(world.id(), world.partition(), world.commands(), world.documents(), world.journals());
    }

    /** For a node that consumes lanes. */
    ServiceRole services(ServiceRole.Ties ties, WorldTerms terms, WorldSetup.Runtime runtime) {
        return ServiceRole.open(
                ties,
                terms,
                journal().store(),
                (cells, others) -> lanes(ties.self().name(), terms, runtime, new Others(cells, _ -> {}, others)));
    }

    /** For a node with gateways that consumes none. */
    GatewayCommands commands(GatewayCommands.Ties ties, WorldTerms terms, WorldSetup.Runtime runtime) {
        return GatewayCommands.open(
                ties,
                (everybody, appended) -> GatewayLanes.start(
                        laneSetup(ties.self().name(), runtime),
                        receivers(terms, NOBODY, jobLanes(runtime)),
                        new GatewayLanes.Players(terms.world(), everybody, appended)));
    }

    /** Who has to do with the lanes beside services. @param cells carry out what comes by theirs @param gateways tells all of this process @param nodes null: there are no others */
    private record Others(
            CommandReceiver cells,
            Consumer<LaneOutput> gateways,
            @Nullable OtherNodes nodes) {}

    private CommandLanes lanes(String node, WorldTerms terms, WorldSetup.Runtime runtime, Others others) {
        List<JobLane> jobLanes = jobLanes(runtime);
        register(jobLanes);
        CommandLanes lanes = CommandLanes.start(
                laneSetup(node, runtime),
                receivers(terms, others.cells(), jobLanes),
                new CommandLanes.Events(
                        terms.world(),
                        others.gateways(),
                        views(terms)::accept,
                        laneStore(Long.MAX_VALUE),
                        Map.of(
                                LaneRoutes.CELLS,
                                new ServiceOutbox(store.database(), CellOutgoing.SCHEMA),
                                ECONOMY,
                                economy.outbox(),
                                INVENTORY,
                                inventory.outbox(),
                                TRADE,
                                trade.outbox())),
                others.nodes());
        onCommitted(hint -> {
            lanes.nudge(hint);
            if (others.nodes() != null) {
                others.nodes().appended(hint);
            }
        });
        List<Job> jobs = jobLanes.stream().flatMap(lane -> lane.jobs().stream()).toList();
        runtime.jobs()
                .scheduleAtFixedRate(
                        new JobScheduler(jobs, Clock.system(), payloads, lanes::send), 1, 1, TimeUnit.SECONDS);
        return lanes;
    }

    /** What is done whenever commands or events of cells or jobs have become durable past the lanes' own doors. Must not block. */
    void onCommitted(Consumer<LaneHint> told) {
        committed = told;
    }

    private void committed(List<CommandEnvelope> commands, boolean events) {
        committed.accept(LaneHint.of(routes, commands, events));
    }

    private CommandLanes.Setup laneSetup(String node, WorldSetup.Runtime runtime) {
        return new CommandLanes.Setup(
                laneStore(config.commands().laneMax()),
                payloads,
                node,
                Clock.system(),
                runtime.meters(),
                runtime.jobs(),
                new CommandLanes.Patience(
                        WAITING_THREADS,
                        config.commands().queueMax(),
                        config.commands().storeAwayMs()));
    }

    private List<CommandLanes.Receiver> receivers(WorldTerms terms, CommandReceiver cells, List<JobLane> jobLanes) {
        List<CommandLanes.Receiver> receivers = new ArrayList<>(List.of(
                new CommandLanes.Receiver(LaneRoutes.CELLS, terms.commands(), cells),
                new CommandLanes.Receiver(ECONOMY, EconomyCommands.ALL, economy.receiver()),
                new CommandLanes.Receiver(INVENTORY, InventoryCommands.ALL, inventory.receiver()),
                new CommandLanes.Receiver(TRADE, TradeCommands.ALL, trade.receiver())));
        jobLanes.forEach(lane -> receivers.add(new CommandLanes.Receiver(lane.name(), lane.types(), lane.receiver())));
        return receivers;
    }

    private PostgresLaneStore laneStore(long countMax) {
        return new PostgresLaneStore(store.database(), config.commands().partitions(), countMax);
    }

    /** The server's own, then a lane for each plugin: whatever it does there, nobody else waits for it. */
    private List<JobLane> jobLanes(WorldSetup.Runtime runtime) {
        PostgresJobs runs = new PostgresJobs(store.database());
        JobTools tools = new JobTools(
                new DurableJobBooks(
                        new PostgresJobBooks(store.database(), new CellOutgoing(routes)), runs, this::committed),
                payloads,
                jobWorkers,
                Clock.system(),
                runtime.meters(),
                config.world().name());
        List<JobLane> lanes = new ArrayList<>();
        lanes.add(JobLane.own(List.of(forgetOutcomes(journal().store()), releaseHolds(), resumeTrades()), tools));
        for (JobSource plugin : plugins) {
            lanes.add(plugin.lane(tools));
        }
        return lanes;
    }

    private void register(List<JobLane> lanes) {
        PostgresJobs runs = new PostgresJobs(store.database());
        lanes.forEach(
                lane -> lane.jobs().forEach(job -> runs.register(job.name(), job.description(), job.everySeconds())));
    }

    private Job forgetOutcomes(JournalStore outcomes) {
        Forgetting forgetting = forgetting(outcomes);
        return new Job(
                "forget-outcomes",
                "Forgets outcomes of commands that are older than commands.outcomesKept.",
                60,
                (_, _) -> forgetting.run());
    }

    /** Every minute for a while: what gathers in an hour of full load is too much for one run. */
    private Forgetting forgetting(JournalStore outcomes) {
        long age = TimeUnit.HOURS.toMillis(config.commands().outcomesKept());
        Map<String, Forgetting.Place> places = new LinkedHashMap<>();
        places.put(LaneRoutes.CELLS, countMax -> outcomes.forgetOutcomes(age, countMax));
        Map<String, ServiceUpkeep> services =
                Map.of(ECONOMY, economy.upkeep(), INVENTORY, inventory.upkeep(), TRADE, trade.upkeep());
        services.forEach((lane, service) -> places.put(
                lane, countMax -> service.forgetOutcomes(age, LetterKeys.of(store.database(), lane), countMax)));
        return new Forgetting(places, Clock.system(), FORGETTING_NANOS_MAX);
    }

    /** What was set aside and never taken becomes available again. */
    private Job releaseHolds() {
        return new Job("release-holds", "Frees money whose hold is over.", 60, (run, _) -> {
            List<EconomyQueries.OpenHold> over = economy.queries().expiredHolds(run.nowMillis(), HOLDS_AT_ONCE);
            for (EconomyQueries.OpenHold hold : over) {
                run.command(
                        EconomyCommands.RELEASE,
                        "release-" + hold.id(),
                        new EconomyCommands.Release(hold.from(), hold.id()));
            }
            return over.size() + " holds are over";
        });
    }

    /** Whatever was lost between a trade and those whom it asks, it does not wait for ever. */
    private Job resumeTrades() {
        long begunMillisMax = TimeUnit.HOURS.toMillis(config.commands().outcomesKept())
                - TRADE_SILENT_MILLIS
                - TimeUnit.HOURS.toMillis(1);
        return new Job(
                "resume-trades",
                "Asks again for the step that a trade has waited for in vain for minutes.",
                60,
                (_, _) -> trade.sendAgain(TRADE_SILENT_MILLIS, begunMillisMax, TRADES_AT_ONCE)
                        + " steps of trades sent again");
    }

    ServiceApi api(HostedWorld world) {
        return api(terms(world));
    }

    ServiceApi api(WorldTerms terms) {
        return new ServiceApi(
                new ServiceApi.Books(economy.queries(), inventory.queries(), trade::offers), views(terms), reads);
    }

    @Override
    public void close() {
        jobWorkers.shutdown();
        workers.shutdown();
        reads.close();
        trade.close();
        inventory.close();
        economy.close();
    }
}
