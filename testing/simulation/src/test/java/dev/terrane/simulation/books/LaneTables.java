package dev.terrane.simulation.books;

import dev.terrane.command.CommandAnswer;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.IdempotencyKey;
import dev.terrane.command.LaneLease;
import dev.terrane.command.LaneRoutes;
import dev.terrane.command.LaneSegment;
import dev.terrane.command.MemoryLaneStore;
import dev.terrane.command.Settlement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The lanes of the store, which write down what became durable: for the checkers. */
final class LaneTables extends MemoryLaneStore {
    static final List<String> SERVICES = List.of("economy", "inventory", "trade");
    static final List<String> ALL = List.of("economy", "inventory", "trade", LaneRoutes.CELLS);

    /** A command that was accepted, and how it fared. */
    static final class Accepted {
        final CommandEnvelope first;
        final String lane;
        int appendedCount;
        int answeredCount;
        boolean everDead;
        boolean everParked;
        boolean twoPayloads;

        private Accepted(CommandEnvelope first, String lane) {
            this.first = first;
            this.lane = lane;
        }
    }

    private final BooksSabotage sabotage;
    private final LaneRoutes routes;
    /** In the order in which they first stood in a row. */
    private final Map<IdempotencyKey, Accepted> accepted = new LinkedHashMap<>();

    private final Map<CommandEnvelope.Origin, List<Accepted>> byOrigin = new LinkedHashMap<>();
    private final Set<CommandEnvelope.Origin> strangers = new LinkedHashSet<>();
    private long knownMillis;
    int settlementCount;
    int parkedCount;
    int deadCount;

    LaneTables(int partitionCount, long laneCountMax, BooksSabotage sabotage) {
        super(partitionCount, laneCountMax);
        this.sabotage = sabotage;
        this.routes = new LaneRoutes(SERVICES, partitionCount);
    }

    /** The store's clock. */
    void at(long millis) {
        letPass(millis - knownMillis);
        knownMillis = millis;
    }

    /** Inside somebody's transaction: each into the lane of its receiver, whatever the limit says. */
    void appendAll(List<CommandEnvelope> commands) {
        Map<String, List<CommandEnvelope>> byLane = new LinkedHashMap<>();
        for (CommandEnvelope command : commands) {
            byLane.computeIfAbsent(laneOf(command), _ -> new ArrayList<>()).add(command);
        }
        byLane.forEach(this::appendAnyway);
    }

    String laneOf(CommandEnvelope command) {
        return routes.partitionOf(command).lane();
    }

    @Override
    protected boolean isFenced() {
        return sabotage != BooksSabotage.NO_FENCE_AT_SETTLE;
    }

    @Override
    protected void appended(LaneSegment segment) {
        for (CommandEnvelope command : segment.commands()) {
            IdempotencyKey key = command.idempotencyKey();
            Accepted known = accepted.get(key);
            if (known == null) {
                known = new Accepted(command, segment.partition().lane());
                accepted.put(key, known);
                byOrigin.computeIfAbsent(command.origin(), _ -> new ArrayList<>())
                        .add(known);
            }
            known.appendedCount++;
            known.twoPayloads |= known.first.payloadHash() != command.payloadHash();
        }
    }

    @Override
    protected void settled(LaneLease lease, Settlement settlement) {
        settlementCount++;
        parkedCount += settlement.parked().size();
        settlement.parked().forEach(parked -> find(parked.command()).everParked = true);
        for (Settlement.Death death : settlement.dead()) {
            deadCount++;
            find(death.command()).everDead = true;
        }
        for (CommandAnswer answer : settlement.answers()) {
            List<Accepted> known = byOrigin.getOrDefault(answer.origin(), List.of());
            known.stream()
                    .filter(one -> one.first.type().equals(answer.type()))
                    .findFirst()
                    .ifPresentOrElse(one -> one.answeredCount++, () -> strangers.add(answer.origin()));
        }
    }

    private Accepted find(CommandEnvelope command) {
        Accepted known = accepted.get(command.idempotencyKey());
        if (known == null) {
            throw new BooksViolation(Rule.RESULT, command + " was never accepted");
        }
        return known;
    }

    boolean knows(CommandEnvelope command) {
        return accepted.containsKey(command.idempotencyKey());
    }

    Map<IdempotencyKey, Accepted> accepted() {
        return accepted;
    }

    List<Accepted> of(CommandEnvelope.Origin origin) {
        return byOrigin.getOrDefault(origin, List.of());
    }

    /** Who was answered without having asked. */
    Set<CommandEnvelope.Origin> strangers() {
        return strangers;
    }
}
