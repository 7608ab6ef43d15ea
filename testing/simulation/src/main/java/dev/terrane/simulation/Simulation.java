package dev.terrane.simulation;

import dev.terrane.base.CellId;
import dev.terrane.base.Rng;
import dev.terrane.base.StateHash;
import dev.terrane.base.WorldId;
import dev.terrane.cell.Cell;
import dev.terrane.cell.World;
import dev.terrane.cell.WorldSchema;
import dev.terrane.gateway.Gateway;
import dev.terrane.plugin.WorldMap;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One run: a world from a {@link Plan}, trouble for a while, then quiet until all checkers say that everything has settled.
 *
 * <p>Within a tick everybody takes a turn in an order of the seed's choice, as threads of one process would: a cell may tick before its neighbour or after, a gateway drain
 * between two cells, or later.
 */
final class Simulation {
    /** By then everything must have settled: joins that time out, and what they hold up, included. */
    private static final int QUIET_TICKS_MAX = 900;

    private static final int QUIET_TICKS_MIN = 30;
    private static final int ASK_EVERY_TICKS = 10;

    private final Plan plan;
    private final Rng order;
    private final Ledger ledger = new Ledger();
    private final Tally tally = new Tally();
    private final CellHouse cells;
    private final GatewayHouse gateways;
    private final FrontDesk desk;
    private final Steward steward;
    private final Roads roads;
    private final Trouble trouble;
    private final List<SimClient> clients = new ArrayList<>();
    private final List<Checker> checkers = new ArrayList<>();
    private final ThrashChecker thrash;
    private final GhostChecker ghosts;
    private final History history;
    private final boolean hashing;
    private final StateHash hash = new StateHash();
    private Consumer<String> trace = _ -> {};
    private long tick;

    Simulation(Plan plan, Tamper tamper, boolean hashing) {
        this.plan = plan;
        this.hashing = hashing;
        this.order = new Rng(Rng.mix(plan.seed() ^ 0x4F_5244L));
        Drill game = new Drill(plan, ledger);
        World world = new World(new WorldMap("sim", plan.partition()), WorldSchema.of(List.of(game)), plan.seed());
        this.cells = new CellHouse(plan, world, ledger, tally);
        this.gateways = new GatewayHouse(plan, ledger);
        this.roads = new Roads(tamper, cells, gateways);
        this.steward = new Steward(plan, new WorldId(world.map().world()), cells, gateways);
        this.desk = new FrontDesk(cells.directory(), world, game, steward);
        this.trouble = new Trouble(plan, cells, gateways, steward);
        this.thrash = new ThrashChecker(plan, Trouble.STALL_TICKS_MAX);
        checkers.add(new WriterChecker());
        checkers.add(new CensusChecker(ledger, Trouble.STALL_TICKS_MAX));
        checkers.add(new OwnershipChecker());
        checkers.add(new InputChecker(ledger, tally, clients));
        history = new History(plan.partition());
        roads.attend(history);
        Terrain terrain = new Terrain(plan);
        checkers.add(new ViewChecker(plan, terrain, history, clients));
        checkers.add(ghosts = new GhostChecker(plan, terrain, history));
        checkers.add(new QueueChecker(plan, tally, clients));
        checkers.add(thrash);
        checkers.add(new IntentChecker(ledger, tally));
        checkers.add(new LayerChecker(steward));
        checkers.add(new PunctualityChecker(plan, ledger, clients));
        checkers.forEach(roads::attend);
        cells.open(roads);
        gateways.open(world, roads.from(null), desk, tally);
        Gateway[] doors = gateways.all().toArray(Gateway[]::new);
        for (int i = 0; i < plan.population().playerCount(); i++) {
            clients.add(new SimClient(i, order.nextInt(SimClient.LATENCY_TICKS_MAX + 1), doors));
        }
    }

    /** Tells what happens, line by line. */
    Simulation tracing(Consumer<String> lines) {
        trace = lines;
        roads.attend(new Tracer(lines, () -> tick));
        return this;
    }

    /** @throws Violation if a checker finds fault, a cell fails, or something does not settle */
    RunReport play() {
        Observation world = Observation.of(0, cells.cells());
        while (tick < plan.faultTicks()) {
            world = step();
        }
        String unsettled = "";
        for (int quiet = 1; quiet <= QUIET_TICKS_MAX; quiet++) {
            world = step();
            if (quiet >= QUIET_TICKS_MIN && quiet % ASK_EVERY_TICKS == 0) {
                unsettled = unsettled(world);
                if (unsettled.isEmpty()) {
                    return report(world);
                }
            }
        }
        int colon = unsettled.indexOf(": ");
        throw new Violation(
                unsettled.substring(0, colon),
                tick,
                "after " + QUIET_TICKS_MAX + " quiet ticks, " + unsettled.substring(colon + 2));
    }

    private String unsettled(Observation world) {
        for (Checker checker : checkers) {
            String what = checker.unsettled(world);
            if (!what.isEmpty()) {
                return checker.getClass().getSimpleName() + ": " + what;
            }
        }
        return "";
    }

    private Observation step() {
        tick++;
        checkers.forEach(checker -> checker.begin(tick));
        desk.tick(tick);
        roads.tick();
        trouble.tick(tick, clients);
        try {
            for (Runnable turn : turns()) {
                turn.run();
            }
        } catch (Violation found) {
            throw found;
        } catch (RuntimeException | AssertionError bug) {
            throw (Violation) new Violation("Simulation", tick, "something threw: " + bug).initCause(bug);
        }
        Observation world = Observation.of(tick, cells.cells());
        history.note(world);
        checkers.forEach(checker -> checker.afterTick(world));
        if (hashing) {
            hash.add(cells.stateHash());
        }
        return world;
    }

    private List<Runnable> turns() {
        List<Runnable> turns = new ArrayList<>();
        for (CellId id : cells.cells().keySet()) {
            if (!trouble.stalled(id, tick)) {
                turns.add(() -> tick(id));
            }
        }
        for (int number = 0; number < gateways.all().size(); number++) {
            Gateway gateway = gateways.all().get(number);
            if (!trouble.gatewayStalled(number, tick)) {
                turns.add(() -> gateway.drain(SimClient.nanos(tick)));
                turns.add(() -> {
                    gateway.onTimer(SimClient.nanos(tick), SimClient.nanos(tick) / 1_000_000);
                    gateway.drain(SimClient.nanos(tick));
                });
            }
        }
        turns.add(() -> steward.tick(tick));
        for (SimClient client : clients) {
            turns.add(() -> client.tick(tick, trouble.inputCount(tick)));
        }
        for (int i = turns.size() - 1; i > 0; i--) {
            int other = order.nextInt(i + 1);
            Runnable swapped = turns.get(i);
            turns.set(i, turns.get(other));
            turns.set(other, swapped);
        }
        return turns;
    }

    private void tick(CellId id) {
        Cell cell = cells.cells().get(id);
        if (cell != null) {
            cells.tick(cell, tick);
        }
    }

    private RunReport report(Observation world) {
        trace.accept("settled at tick " + tick);
        return new RunReport(
                plan.seed(),
                tick,
                hashing ? hash.value() : 0,
                world.all.size(),
                thrash.handoffCount(),
                steward.splitCount(),
                steward.mergeCount(),
                trouble.restartCount(),
                trouble.dropCount(),
                ledger.shots().size() + ledger.bursts().size(),
                ghosts.ghostCount(),
                checkers.stream().mapToLong(Checker::checkCount).sum());
    }
}
