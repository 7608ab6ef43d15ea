package dev.terrane.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The store of a simulated run, which writes down what became durable; and the rules asked of that. */
final class LaneLedger extends MemoryLaneStore {
    private final LaneSabotage sabotage;
    /** Wishes by key, in the order in which they first stood in a row. */
    private final Map<String, List<String>> order = new LinkedHashMap<>();

    private final Map<String, Integer> appendedCount = new LinkedHashMap<>();
    private final Map<String, Integer> answeredCount = new HashMap<>();
    private final Map<CommandEnvelope.Origin, String> results = new HashMap<>();
    private final Map<CommandEnvelope.Origin, String> wishes = new HashMap<>();
    private final Set<String> everDead = new HashSet<>();
    int parkedCount;
    int settlementCount;
    int forgottenCount;

    LaneLedger(int partitionCount, long laneCountMax, LaneSabotage sabotage) {
        super(partitionCount, laneCountMax);
        this.sabotage = sabotage;
    }

    static String wishOf(CommandEnvelope command) {
        return new String(command.payload(), UTF_8);
    }

    @Override
    protected boolean isFenced() {
        return sabotage != LaneSabotage.NO_FENCE;
    }

    @Override
    protected boolean ownsUpToLosses() {
        return sabotage != LaneSabotage.LOSS_NOT_OWNED_UP;
    }

    /** Whoever was told a result keeps it; the store owes it once more. */
    @Override
    protected void forgotten(Settlement settlement) {
        forgottenCount++;
        settlement
                .answers()
                .forEach(answer ->
                        answeredCount.merge(wishes.getOrDefault(answer.origin(), "nobody's"), -1, Integer::sum));
    }

    @Override
    protected void appended(LaneSegment segment) {
        for (CommandEnvelope command : segment.commands()) {
            String wish = wishOf(command);
            wishes.put(command.origin(), wish);
            if (appendedCount.merge(wish, 1, Integer::sum) == 1) {
                order.computeIfAbsent(command.key(), _ -> new ArrayList<>()).add(wish);
            }
        }
    }

    @Override
    protected void settled(LaneLease lease, Settlement settlement) {
        settlementCount++;
        parkedCount += settlement.parked().size();
        settlement.dead().forEach(death -> everDead.add(wishOf(death.command())));
        for (CommandAnswer answer : settlement.answers()) {
            answeredCount.merge(wishes.getOrDefault(answer.origin(), "nobody's"), 1, Integer::sum);
            told(answer);
        }
    }

    int deadCount() {
        return everDead.size();
    }

    boolean isDurable(CommandEnvelope command) {
        return appendedCount.containsKey(wishOf(command));
    }

    /** A result that somebody was told: the same for ever, but for a death that was only for the time being. */
    void told(CommandAnswer answer) {
        String result = switch (answer.result()) {
            case CommandResult.Done done -> new String(done.payload(), UTF_8);
            case CommandResult.Refused refused -> refused.errorCode();
        };
        if (!result.equals(CommandErrors.DEAD)) {
            String before = results.putIfAbsent(answer.origin(), result);
            if (before != null && !before.equals(result)) {
                throw new LaneViolation(
                        "the same result each time", answer.origin() + " was told " + before + ", then " + result);
            }
        }
    }

    void checkEffects(ModelReceiver receiver) {
        Map<String, Integer> effects = new HashMap<>();
        receiver.effects.forEach(effect -> effects.merge(effect[1], 1, Integer::sum));
        for (String wish : appendedCount.keySet()) {
            int count = effects.getOrDefault(wish, 0);
            if (count != 1) {
                throw new LaneViolation(
                        "effect exactly once",
                        wish + " happened " + count + " times; appended " + appendedCount.get(wish)
                                + " times, answered " + answeredCount.get(wish));
            }
        }
    }

    void checkOrder(ModelReceiver receiver) {
        Map<String, List<String>> happened = new HashMap<>();
        for (String[] effect : receiver.effects) {
            if (!everDead.contains(effect[1])) {
                happened.computeIfAbsent(effect[0], _ -> new ArrayList<>()).add(effect[1]);
            }
        }
        order.forEach((key, expected) -> {
            List<String> wanted =
                    expected.stream().filter(wish -> !everDead.contains(wish)).toList();
            List<String> found = happened.getOrDefault(key, List.of());
            if (!wanted.equals(found)) {
                throw new LaneViolation("order per key", key + " should be " + wanted + ", but is " + found);
            }
        });
    }

    void checkAnswers() {
        appendedCount.forEach((wish, count) -> {
            int answered = answeredCount.getOrDefault(wish, 0);
            if (answered != count) {
                throw new LaneViolation(
                        "one result per accepted command",
                        wish + " was appended " + count + " times, but has " + answered + " results");
            }
        });
        if (answeredCount.containsKey("nobody's")) {
            throw new LaneViolation("one result per accepted command", "a result for what was never appended");
        }
    }

    /** What each row's end may be, whoever says otherwise: for sabotage. */
    long endOf(LanePartition partition) {
        return lags(partition.lane()).stream()
                        .filter(lag -> lag.partition().equals(partition))
                        .mapToLong(LaneLag::waitingCount)
                        .findFirst()
                        .orElse(0)
                + cursorOf(partition);
    }
}
