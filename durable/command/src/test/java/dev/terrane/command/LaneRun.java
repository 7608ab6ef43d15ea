package dev.terrane.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.terrane.base.Rng;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One lane, its store, a receiver, trades over several keys, some nodes and clients, for some seconds of trouble and then in quiet, when everything has to come to its end. All in one thread; a seed decides
 * everything.
 */
final class LaneRun {
    private static final long TROUBLE_NANOS = 5_000 * LaneTime.MILLI;
    private static final long QUIET_NANOS_MAX = 60_000 * LaneTime.MILLI;
    private static final long SLICE_NANOS = 50 * LaneTime.MILLI;

    final LaneTime time;
    final LaneSabotage sabotage;
    final LaneLedger store;
    final ModelReceiver receiver;
    final float offeredChance;
    private final List<LaneNode> nodes = new ArrayList<>();
    private final Set<CommandEnvelope.Origin> unanswered = new HashSet<>();
    private LaneFaults faults;
    private long storeAwayUntilNanos;
    private long clockMillis;
    private int requestsToCome;
    private int restartCount;

    /** What happened: to see that runs are not empty, and that one seed is always the same run. */
    record Report(
            int effectCount,
            int settlementCount,
            int parkedCount,
            int deadCount,
            int faultCount,
            int restartCount,
            int refundCount,
            int forgottenCount) {
        Report plus(Report other) {
            return new Report(
                    effectCount + other.effectCount,
                    settlementCount + other.settlementCount,
                    parkedCount + other.parkedCount,
                    deadCount + other.deadCount,
                    faultCount + other.faultCount,
                    restartCount + other.restartCount,
                    refundCount + other.refundCount,
                    forgottenCount + other.forgottenCount);
        }
    }

    LaneRun(long seed, LaneSabotage sabotage) {
        this.time = new LaneTime(seed);
        this.sabotage = sabotage;
        Rng rng = time.rng;
        this.faults = LaneFaults.of(rng);
        this.store = new LaneLedger(1 + rng.nextInt(4), rng.chance(0.2f) ? 15 : 1_000, sabotage);
        this.receiver = new ModelReceiver(time, store, faults, sabotage);
        this.offeredChance = rng.chance(0.3f) ? 0 : rng.nextFloat();
        int nodeCount = 1 + rng.nextInt(3);
        for (int i = 0; i < nodeCount; i++) {
            nodes.add(new LaneNode(this, "node-" + i));
        }
        int clientCount = 2 + rng.nextInt(6);
        for (int client = 0; client < clientCount; client++) {
            int requestCount = 1 + rng.nextInt(25);
            requestsToCome += requestCount;
            ask(client, 0, requestCount);
        }
    }

    Report play() {
        long until = time.nanos() + TROUBLE_NANOS;
        while (time.nanos() < until) {
            slice();
            if (time.rng.chance(faults.nodeTrouble() / 10)) {
                LaneNode victim = nodes.get(time.rng.nextInt(nodes.size()));
                if (time.rng.chance(0.5f)) {
                    victim.stall();
                } else {
                    restartCount++;
                    victim.die();
                }
            }
            if (time.rng.chance(faults.storeAway() / 20)) {
                storeAwayUntilNanos = time.nanos() + time.someMillis(2_000);
            }
            if (time.rng.chance(faults.storeCrashes() / 4)) {
                store.forgetLast(1 + time.rng.nextInt(20));
                storeAwayUntilNanos = time.nanos() + time.someMillis(200);
            }
        }
        faults = LaneFaults.NONE;
        receiver.faults = LaneFaults.NONE;
        untilQuiet("after the trouble");
        receiver.throwsLeft.clear(); // an operator has cured the handlers
        for (int i = 0; i < 2; i++) {
            retryTheDead();
            untilQuiet("after retries of the dead");
        }
        store.checkEffects(receiver);
        store.checkAnswers();
        store.checkOrder(receiver);
        receiver.trade.check();
        nodes.forEach(LaneNode::stopGracefully);
        until = time.nanos() + QUIET_NANOS_MAX;
        while (!nodes.stream().allMatch(LaneNode::isStopped)) {
            slice();
            if (time.nanos() > until) {
                throw new LaneViolation("everything comes to its end", "a consumer does not stop");
            }
        }
        return new Report(
                receiver.effects.size(),
                store.settlementCount,
                store.parkedCount,
                store.deadCount(),
                receiver.unavailableCount,
                restartCount,
                receiver.trade.refundCount,
                store.forgottenCount);
    }

    private void slice() {
        time.run(SLICE_NANOS);
        long millis = time.nanos() / LaneTime.MILLI;
        store.letPass(millis - clockMillis);
        clockMillis = millis;
        if (time.rng.chance(0.25f)) {
            store.flush(); // as Postgres does by itself after a moment
        }
    }

    private void untilQuiet(String when) {
        long until = time.nanos() + QUIET_NANOS_MAX;
        while (!isQuiet()) {
            slice();
            if (time.nanos() > until) {
                throw new LaneViolation(
                        "everything comes to its end",
                        when + ": " + store.lags(LaneNode.LANE) + ", unanswered " + unanswered + ", to come "
                                + requestsToCome);
            }
        }
        for (int i = 0; i < 20; i++) {
            slice(); // whatever is late comes now
        }
    }

    private boolean isQuiet() {
        return requestsToCome == 0
                && unanswered.isEmpty()
                && nodes.stream().allMatch(LaneNode::isIdle)
                && store.lags(LaneNode.LANE).stream().allMatch(lag -> lag.waitingCount() + lag.parkedCount() == 0);
    }

    private void retryTheDead() {
        for (DeadLetter letter : store.list(LaneNode.LANE, 0, 1_000)) {
            if (sabotage == LaneSabotage.RETRY_AS_ANOTHER_REQUEST) {
                CommandEnvelope dead = letter.command();
                CommandEnvelope.Origin other = new CommandEnvelope.Origin(
                        dead.origin().clientId(), dead.origin().requestId() + "'");
                store.append(
                        LaneNode.LANE,
                        List.of(new CommandEnvelope(
                                dead.type(), dead.version(), dead.key(), other, dead.trace(), dead.payload())));
            } else {
                store.retry(letter.id());
            }
        }
    }

    /** A client sends its requests one after the other, each when the one before is accepted, and each again until it has a result; some more often than needed. */
    private void ask(int client, int number, int count) {
        if (number == count) {
            return;
        }
        String wish = (time.rng.chance(0.3f) ? ModelTrade.TRADE : "wish-") + client + "-" + number;
        CommandEnvelope command = new CommandEnvelope(
                "cmd.shop.buy",
                1,
                "key-" + time.rng.nextInt(4),
                new CommandEnvelope.Origin("client-" + client, "r" + number),
                new CommandEnvelope.Trace(wish, wish, "", "sim", 0),
                wish.getBytes(UTF_8));
        receiver.maybePoison(wish);
        unanswered.add(command.origin());
        boolean[] goneOn = {false};
        time.in(
                time.someMillis(150),
                () -> send(command, () -> {
                    if (!goneOn[0]) {
                        goneOn[0] = true;
                        requestsToCome--;
                        ask(client, number + 1, count);
                    }
                }));
    }

    private void send(CommandEnvelope command, Runnable accepted) {
        LaneNode node = nodes.get(time.rng.nextInt(nodes.size()));
        node.offer(command, refused -> {
            if (refused == null) {
                if (!store.isDurable(command)) {
                    throw new LaneViolation("accepted is durable", command.origin() + " is in no row");
                }
                accepted.run();
            } else if (!refused.errorCode().equals(CommandErrors.BUSY)) {
                throw new LaneViolation("accepted is durable", command.origin() + " was refused: " + refused);
            }
        });
        boolean impatient = time.rng.chance(0.1f);
        time.in(impatient ? time.someMillis(100) : 1_000 * LaneTime.MILLI, () -> {
            if (impatient && faults != LaneFaults.NONE || unanswered.contains(command.origin())) {
                send(command, accepted);
            } else {
                accepted.run(); // whoever has a result was accepted, even if the node died before it could say so
            }
        });
    }

    void told(CommandAnswer answer) {
        if (sabotage != LaneSabotage.SETTLED_BEFORE_EFFECT) {
            store.told(answer);
        }
        unanswered.remove(answer.origin());
    }

    /** A call that may be lost on its way there, or on its way back. */
    <T> void storeCall(Supplier<T> call, Supplier<T> away, Consumer<T> answer) {
        time.in(time.someMillis(8), () -> {
            boolean lost = time.nanos() < storeAwayUntilNanos || time.rng.chance(faults.storeFails() / 2);
            T answered = lost ? away.get() : call.get();
            T told = lost || time.rng.chance(faults.storeTears() / 2) ? away.get() : answered;
            time.in(time.someMillis(8), () -> answer.accept(told));
        });
    }

    LaneAction.StoreCall tampered(LaneAction.StoreCall call) {
        if (sabotage == LaneSabotage.CURSOR_PAST_UNSETTLED && call instanceof LaneAction.Settle settle) {
            Settlement honest = settle.settlement();
            Settlement hasty = new Settlement(
                    honest.number(),
                    store.endOf(settle.lease().partition()),
                    honest.answers(),
                    honest.parked(),
                    honest.unparked(),
                    honest.dead());
            return new LaneAction.Settle(settle.ticket(), settle.lease(), settle.ttlMillis(), hasty);
        }
        return call;
    }
}
