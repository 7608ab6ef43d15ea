package dev.terrane.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A receiver as simple as can be: effect, key and result are one step, or nothing is (ADR 30). Some of its handlers throw. */
final class ModelReceiver {
    private final LaneTime time;
    private final LaneSabotage sabotage;
    private final LaneLedger store;
    final ModelTrade trade = new ModelTrade();
    private final Map<IdempotencyKey, Outcome> outcomes = new HashMap<>();
    /** By the wish that the payload names; how often each handler throws is the wish's own affair. */
    final Map<String, Integer> throwsLeft = new HashMap<>();

    /** Effects in the order in which they became durable: keys, then wishes. */
    final List<String[]> effects = new ArrayList<>();

    LaneFaults faults;
    private long downUntilNanos;
    int unavailableCount;

    private record Outcome(long payloadHash, CommandResult result) {}

    ModelReceiver(LaneTime time, LaneLedger store, LaneFaults faults, LaneSabotage sabotage) {
        this.time = time;
        this.store = store;
        this.faults = faults;
        this.sabotage = sabotage;
    }

    void deliver(List<CommandReceiver.Delivery> batch, CommandReceiver.Reply reply) {
        time.in(time.someMillis(20), () -> {
            if (time.rng.chance(faults.receiverFails() / 4)) {
                downUntilNanos = time.nanos() + time.someMillis(2_500);
            }
            boolean down = time.nanos() < downUntilNanos;
            if (down || time.rng.chance(faults.receiverFails() / 2)) {
                unavailableCount++;
                if (time.rng.chance(0.8f)) {
                    reply.unavailable("down");
                }
                return; // or nobody ever says a word
            }
            List<CommandReceiver.Verdict> verdicts = carryOut(batch);
            if (time.rng.chance(faults.receiverFails() / 3)) {
                reply.unavailable("cut off after the commit");
            } else {
                time.in(time.someMillis(5), () -> reply.answered(verdicts));
            }
        });
    }

    private List<CommandReceiver.Verdict> carryOut(List<CommandReceiver.Delivery> batch) {
        List<CommandReceiver.Verdict> verdicts = new ArrayList<>();
        Set<String> threw = new HashSet<>();
        for (CommandReceiver.Delivery delivery : batch) {
            CommandEnvelope command = delivery.command();
            if (threw.contains(command.key()) && sabotage != LaneSabotage.PARKED_KEY_OVERTAKEN) {
                verdicts.add(new CommandReceiver.Verdict.Behind());
                continue;
            }
            Outcome known = outcomes.get(command.idempotencyKey());
            String wish = new String(command.payload(), UTF_8);
            if (known != null && sabotage != LaneSabotage.NO_DEDUPE) {
                verdicts.add(new CommandReceiver.Verdict.Settled(
                        known.payloadHash == command.payloadHash()
                                ? known.result
                                : new CommandResult.Refused(CommandErrors.CONFLICT, "another payload")));
            } else if (time.rng.chance(faults.receiverFails() / 20)) {
                threw.add(command.key());
                verdicts.add(new CommandReceiver.Verdict.Unreached("its part is down"));
            } else if (throwsLeft.merge(wish, -1, Integer::sum) >= 0) {
                threw.add(command.key());
                verdicts.add(new CommandReceiver.Verdict.Threw("a bug in " + wish));
            } else {
                effects.add(new String[] {command.key(), wish});
                if (ModelTrade.isPart(wish)) {
                    trade.carryOut(command.key(), wish).forEach(this::send);
                }
                CommandResult result = new CommandResult.Done((wish + "#" + effects.size()).getBytes(UTF_8));
                outcomes.put(command.idempotencyKey(), new Outcome(command.payloadHash(), result));
                verdicts.add(new CommandReceiver.Verdict.Settled(result));
            }
        }
        return verdicts;
    }

    /** In the transaction of the effect, as journals and outboxes do; whatever the lane's limit says. */
    private void send(CommandEnvelope command) {
        maybePoison(LaneLedger.wishOf(command));
        if (sabotage != LaneSabotage.FOLLOW_UP_LOST || time.rng.chance(0.8f)) {
            store.appendAnyway(LaneNode.LANE, List.of(command));
        }
    }

    /** Some handlers throw for a while, some until they are cured. */
    void maybePoison(String wish) {
        if (time.rng.chance(faults.poison() / 2)) {
            throwsLeft.put(wish, time.rng.chance(0.3f) ? 1_000 : 1 + time.rng.nextInt(5));
        }
    }
}
