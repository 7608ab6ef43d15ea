package dev.terrane.simulation.books;

import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandResult;
import dev.terrane.command.CommandType;
import dev.terrane.command.IdempotencyKey;
import dev.terrane.command.LaneRoutes;
import dev.terrane.command.PayloadRefusedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Each effect once, in order per key; each command one result, or none in the end but that of a dead letter. */
final class EffectChecker {
    /** Whose effects leave a line that can be counted. */
    private static final Set<String> COUNTED = Set.of(
            "cmd.economy.transfer",
            "cmd.economy.exchange",
            "cmd.economy.hold",
            "cmd.economy.capture",
            "cmd.economy.release",
            "cmd.economy.issue",
            "cmd.inventory.transfer",
            "cmd.trade.accept",
            Hoard.PUT.name(),
            Hoard.DELIVER.name());

    private final Store store;
    private final Witness witness;
    /** By lane: commands in the order of their effects. */
    private final Map<String, List<IdempotencyKey>> effects = new LinkedHashMap<>();

    EffectChecker(Store store, Witness witness, List<Hoard.Sight> sights) {
        this.store = store;
        this.witness = witness;
        for (String service : LaneTables.SERVICES) {
            effects.put(service, store.service(service).desk.effects());
        }
        effects.put(LaneRoutes.CELLS, cellEffects(sights));
    }

    private List<IdempotencyKey> cellEffects(List<Hoard.Sight> sights) {
        Map<String, IdempotencyKey> byNote = new LinkedHashMap<>();
        store.lanes.accepted().forEach((key, command) -> {
            if (command.lane.equals(LaneRoutes.CELLS)) {
                byNote.put(noteOf(command.first), key);
            }
        });
        List<IdempotencyKey> found = new ArrayList<>();
        for (Hoard.Sight sight : sights) {
            for (Hoard.Mark mark : sight.marks()) {
                IdempotencyKey key = byNote.get(mark.note());
                if (key == null) {
                    throw new BooksViolation(Rule.CELL, mark + " was left by nobody");
                }
                found.add(key);
            }
        }
        return found;
    }

    static String noteOf(CommandEnvelope command) {
        return command.type().equals(Hoard.PUT.name())
                ? payload(Hoard.PUT, command).note()
                : payload(Hoard.DELIVER, command).trade();
    }

    static <P extends Record> P payload(CommandType<P> type, CommandEnvelope command) {
        try {
            return Store.CODEC.decode(type, command.payload());
        } catch (PayloadRefusedException e) {
            throw new IllegalStateException(e);
        }
    }

    void check() {
        results();
        once();
        order();
    }

    private void results() {
        if (!store.lanes.strangers().isEmpty()) {
            throw new BooksViolation(Rule.RESULT, store.lanes.strangers() + " had not asked");
        }
        for (LaneTables.Accepted command : store.lanes.accepted().values()) {
            if (command.answeredCount != command.appendedCount) {
                throw new BooksViolation(
                        Rule.RESULT,
                        name(command) + " was appended " + command.appendedCount + " times, but has "
                                + command.answeredCount + " results");
            }
            if (witness.recorded(command) == null) {
                throw new BooksViolation(Rule.RESULT, name(command) + " has no outcome");
            }
        }
    }

    private void once() {
        Map<IdempotencyKey, Integer> counts = new LinkedHashMap<>();
        effects.values().forEach(list -> list.forEach(key -> counts.merge(key, 1, Integer::sum)));
        for (LaneTables.Accepted command : store.lanes.accepted().values()) {
            if (!COUNTED.contains(command.first.type())) {
                continue;
            }
            CommandResult result = witness.recorded(command);
            int wanted = result instanceof CommandResult.Done ? 1 : 0;
            int found = counts.getOrDefault(command.first.idempotencyKey(), 0);
            if (found != wanted) {
                boolean lost = command.lane.equals(LaneRoutes.CELLS) && found < wanted;
                throw new BooksViolation(
                        lost ? Rule.CELL : Rule.EFFECT_ONCE,
                        name(command) + " happened " + found + " times; its result is "
                                + (result == null ? "missing" : Witness.text(result)));
            }
        }
        for (ServiceTables service : store.services()) {
            for (IdempotencyKey key : service.desk.effects()) {
                Outcome outcome = service.outcome(key);
                if (outcome == null
                        || !(outcome.result() instanceof CommandResult.Done)
                        || counts.getOrDefault(key, 0) != 1) {
                    throw new BooksViolation(
                            Rule.EFFECT_ONCE,
                            key + " of " + service.name + " happened " + counts.get(key) + " times, recorded is "
                                    + outcome);
                }
            }
        }
    }

    private void order() {
        effects.forEach((lane, happened) -> {
            Map<String, List<String>> found = new LinkedHashMap<>();
            for (IdempotencyKey key : happened) {
                LaneTables.Accepted command = store.lanes.accepted().get(key);
                if (command != null && !command.everDead) {
                    found.computeIfAbsent(command.first.key(), _ -> new ArrayList<>())
                            .add(name(command));
                }
            }
            Map<String, List<String>> wanted = new LinkedHashMap<>();
            store.lanes.accepted().values().forEach(command -> {
                if (command.lane.equals(lane)
                        && found.getOrDefault(command.first.key(), List.of()).contains(name(command))) {
                    wanted.computeIfAbsent(command.first.key(), _ -> new ArrayList<>())
                            .add(name(command));
                }
            });
            wanted.forEach((key, order) -> {
                if (!order.equals(found.get(key))) {
                    throw new BooksViolation(Rule.ORDER, key + " should be " + order + ", but is " + found.get(key));
                }
            });
        });
    }

    private static String name(LaneTables.Accepted command) {
        return command.first.type() + " " + command.first.origin().clientId() + " "
                + command.first.origin().requestId();
    }
}
