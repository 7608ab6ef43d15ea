package dev.terrane.simulation.books;

import dev.terrane.base.CellId;
import dev.terrane.base.Rng;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandReceiver.Delivery;
import dev.terrane.command.CommandReceiver.Verdict;
import dev.terrane.command.CommandResult;
import dev.terrane.command.DeadLetter;
import dev.terrane.command.LaneLag;
import dev.terrane.protocol.cluster.CellCommand;
import dev.terrane.trade.Trade;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One world's life: some seconds of trouble, then quiet, in which everything has to come to its end; then an operator cures the handlers and retries the dead letters; then all cells restart once more; then the
 * books are read.
 */
final class BooksRun {
    private static final long TROUBLE_NANOS = 3_000 * SimTime.MILLI;
    private static final long QUIET_NANOS_MAX = 60_000 * SimTime.MILLI;
    private static final int RETRY_ROUNDS_MAX = 6;
    private static final long SLICE_NANOS = 50 * SimTime.MILLI;

    final SimTime time;
    final BooksSabotage sabotage;
    final Plan plan;
    final Poison poison;
    final Store store;
    final Witness witness;
    final Directory directory;
    final Report report = new Report();
    final List<SimNode> nodes = new ArrayList<>();
    Faults faults;
    private final Steward steward;
    private final List<SimClient> clients = new ArrayList<>();
    private long storeAwayUntilNanos;
    private boolean trouble = true;

    BooksRun(long seed, BooksSabotage sabotage) {
        this.time = new SimTime(seed);
        this.sabotage = sabotage;
        Rng rng = time.rng;
        this.plan = Plan.of(rng);
        Faults drawn = Faults.of(rng);
        this.faults = Faults.NONE;
        this.poison = new Poison(Rng.mix(seed + 1), drawn.poison());
        this.store = new Store(plan.partitionCount(), plan.laneCountMax(), poison, sabotage);
        this.witness = new Witness(store);
        this.directory = new Directory(this, plan.cellCount());
        this.steward = new Steward(this);
        begin();
        this.faults = drawn;
        poison.begin();
        for (int i = 0; i < plan.nodeCount(); i++) {
            nodes.add(new SimNode(this, i));
        }
        nodes.forEach(SimNode::start);
        for (int i = 0; i < plan.clientCount(); i++) {
            SimClient client = new SimClient(this, i, 1 + rng.nextInt(plan.requestCountMax()));
            clients.add(client);
            client.start();
        }
    }

    /** What the world begins with, before anything can go wrong. */
    private void begin() {
        Store fresh = store;
        for (CommandEnvelope command : Wishes.beginnings(plan.clientCount())) {
            ServiceTables.Run run =
                    fresh.service(fresh.lanes.laneOf(command)).begin(List.of(new Delivery(0, command, 1)), 0);
            run.commit();
            if (!(run.verdicts.getFirst() instanceof Verdict.Settled(CommandResult.Done _))) {
                throw new IllegalStateException(command + ": " + run.verdicts);
            }
        }
    }

    Report play() {
        long until = time.nanos() + TROUBLE_NANOS;
        while (time.nanos() < until) {
            slice();
            trouble();
        }
        faults = Faults.NONE;
        trouble = false;
        untilQuiet("after the trouble");
        poison.cure();
        for (int round = 0; retryTheDead(); round++) {
            untilQuiet("after retries of the dead");
            if (round == RETRY_ROUNDS_MAX) {
                throw new BooksViolation(Rule.END, "retries die again and again: " + letters());
            }
        }
        List<Hoard.Sight> before = sights();
        restartCells();
        List<Hoard.Sight> sights = sights();
        if (!sights.equals(before)) {
            throw new BooksViolation(Rule.CELL, "before the restart " + before + ", after it " + sights);
        }
        new EffectChecker(store, witness, sights).check();
        new BooksChecker(store, witness, sights).check();
        witness.checkEvents();
        sumUp();
        return report;
    }

    private void trouble() {
        if (time.rng.chance(faults.stall() / 10)) {
            report.stalls++;
            nodes.get(time.rng.nextInt(nodes.size())).stall();
        }
        if (time.rng.chance(faults.storeAway() / 20)) {
            storeAwayUntilNanos = time.nanos() + time.someMillis(1_200);
        }
        if (time.rng.chance(0.02f)) {
            retryTheDead(); // too early, as operators do
        }
    }

    private void slice() {
        time.run(SLICE_NANOS);
        store.lanes.at(time.millis());
        steward.look();
    }

    boolean isTrouble() {
        return trouble;
    }

    /** Whether a call does not even reach the store. */
    boolean storeIsLost() {
        return time.nanos() < storeAwayUntilNanos && trouble || time.rng.chance(faults.storeFails());
    }

    @Nullable
    SimClient client(String id) {
        return clients.stream()
                .filter(client -> client.id.equals(id))
                .findFirst()
                .orElse(null);
    }

    /** Who waits for what becomes of a cell's command. */
    SimNode nodeOf(CellCommand command) {
        return nodes.get((int) (command.ticket() >> 40));
    }

    private void untilQuiet(String when) {
        long until = time.nanos() + QUIET_NANOS_MAX;
        int quietCount = 0;
        String last = "";
        while (quietCount < 8) {
            slice();
            String unrest = unrest();
            last = unrest.isEmpty() ? last : unrest;
            quietCount = unrest.isEmpty() ? quietCount + 1 : 0;
            if (time.nanos() > until) {
                throw new BooksViolation(Rule.END, when + ": " + last + "; " + report);
            }
        }
    }

    /** Empty: all is quiet. */
    private String unrest() {
        for (SimClient client : clients) {
            if (!client.isDone()) {
                return client.id + " waits for results";
            }
        }
        for (String lane : LaneTables.ALL) {
            for (LaneLag lag : store.lanes.lags(lane)) {
                if (lag.waitingCount() + lag.parkedCount() > 0) {
                    return lag.toString();
                }
            }
        }
        for (SimNode node : nodes) {
            if (!node.isAwake() || !node.lanes.isIdle() || !node.desk.isIdle() || !node.house.journalist.isIdle()) {
                return node.name + " is busy";
            }
        }
        for (CellId cell : directory.cells()) {
            if (directory.place(cell) == null) {
                return cell + " is down";
            }
        }
        return store.outboxes().stream().allMatch(Outbox::isEmpty) ? "" : "an outbox is not empty";
    }

    /** False when nobody is dead. */
    private boolean retryTheDead() {
        boolean any = false;
        for (String lane : LaneTables.ALL) {
            for (DeadLetter letter : store.lanes.list(lane, 0, 1_000)) {
                any = true;
                if (sabotage == BooksSabotage.RETRY_UNDER_A_NEW_KEY) {
                    CommandEnvelope dead = letter.command();
                    store.lanes.appendAll(List.of(new CommandEnvelope(
                            dead.type(),
                            dead.version(),
                            dead.key(),
                            new CommandEnvelope.Origin(
                                    dead.origin().clientId(), dead.origin().requestId() + "'"),
                            dead.trace(),
                            dead.payload())));
                } else {
                    store.lanes.retry(letter.id());
                }
                if (!trouble) {
                    store.lanes.drop(letter.id());
                }
            }
        }
        nodes.forEach(node -> node.soon(node.lanes::nudge));
        return any;
    }

    private List<String> letters() {
        return LaneTables.ALL.stream()
                .flatMap(lane -> store.lanes.list(lane, 0, 10).stream())
                .map(letter -> letter.command().type() + " " + letter.command().origin() + ": " + letter.why())
                .toList();
    }

    private void restartCells() {
        for (CellId cell : directory.cells()) {
            Directory.Place place = directory.place(cell);
            if (place != null) {
                place.node().house.condemn(cell, place.epoch());
            }
        }
        untilQuiet("after a restart of the cells");
    }

    private List<Hoard.Sight> sights() {
        List<Hoard.Sight> sights = new ArrayList<>();
        for (CellId cell : directory.cells()) {
            Directory.Place place = directory.place(cell);
            Hoard.Sight sight = place == null ? null : place.node().house.look(cell);
            if (sight == null) {
                throw new BooksViolation(Rule.END, cell + " does not run");
            }
            sights.add(sight);
        }
        return sights;
    }

    private void sumUp() {
        report.runs = 1;
        for (ServiceTables service : store.services()) {
            report.effects += service.desk.effects().size();
        }
        report.effects += store.cells.outcomes().size();
        report.settlements = store.lanes.settlementCount;
        report.parked = store.lanes.parkedCount;
        report.dead = store.lanes.deadCount;
        report.stale = store.cells.staleCount;
        report.conflicts = store.cells.conflictCount;
        for (Trade trade : store.trade.trades.values()) {
            if (trade.state() == Trade.State.DONE) {
                report.doneTrades++;
            } else {
                report.refusedTrades++;
            }
        }
        report.twoPayloads = (int) store.lanes.accepted().values().stream()
                .filter(command -> command.twoPayloads)
                .count();
    }
}
