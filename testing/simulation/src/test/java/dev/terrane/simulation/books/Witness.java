package dev.terrane.simulation.books;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.terrane.command.CommandAnswer;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandErrors;
import dev.terrane.command.CommandResult;
import dev.terrane.command.EventEnvelope;
import dev.terrane.command.IdempotencyKey;
import dev.terrane.command.LaneRoutes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Hears everything that is said to anybody, and compares it at once with what is durable. */
final class Witness {
    private final Store store;
    private final Map<CommandEnvelope.Origin, String> results = new LinkedHashMap<>();
    /** Of each outbox the events, as they were first told. */
    private final Map<Outbox, Set<String>> told = new LinkedHashMap<>();

    Witness(Store store) {
        this.store = store;
    }

    static String text(CommandResult result) {
        return switch (result) {
            case CommandResult.Done done -> "done " + new String(done.payload(), UTF_8);
            case CommandResult.Refused refused -> refused.errorCode();
        };
    }

    void accepted(CommandEnvelope command) {
        if (!store.lanes.knows(command)) {
            throw new BooksViolation(Rule.DURABLE, command.origin() + " was accepted, but is in no row");
        }
    }

    /** What is recorded of a command; null: nothing. */
    @Nullable
    CommandResult recorded(LaneTables.Accepted command) {
        IdempotencyKey key = command.first.idempotencyKey();
        if (command.lane.equals(LaneRoutes.CELLS)) {
            var outcome = store.cells.outcome(key);
            return outcome == null ? null : outcome.result();
        }
        Outcome outcome = store.service(command.lane).outcome(key);
        return outcome == null ? null : outcome.result();
    }

    void told(CommandAnswer answer) {
        String result = text(answer.result());
        if (result.equals(CommandErrors.DEAD)) {
            return; // for the time being
        }
        for (LaneTables.Accepted command : store.lanes.of(answer.origin())) {
            if (!command.first.type().equals(answer.type())) {
                continue;
            }
            CommandResult durable = recorded(command);
            if (durable == null) {
                throw new BooksViolation(
                        Rule.DURABLE, answer.origin() + " is told " + result + ", but nothing is recorded");
            }
            boolean conflict = command.twoPayloads && result.equals(CommandErrors.CONFLICT);
            if (conflict) {
                continue;
            }
            String before = results.putIfAbsent(answer.origin(), result);
            if (!text(durable).equals(result) || before != null && !before.equals(result)) {
                throw new BooksViolation(
                        Rule.SAME_RESULT,
                        answer.origin() + " is told " + result + ", was told " + before + ", recorded is "
                                + text(durable));
            }
        }
    }

    void heard(Outbox outbox, List<EventEnvelope> events) {
        events.forEach(event ->
                told.computeIfAbsent(outbox, _ -> new LinkedHashSet<>()).add(event.eventId()));
    }

    /** At least once each, and of one key in the order in which they were committed. */
    void checkEvents() {
        for (Outbox outbox : store.outboxes()) {
            Map<String, String> keys = new LinkedHashMap<>();
            Map<String, List<String>> written = new LinkedHashMap<>();
            for (EventEnvelope event : outbox.everEvents()) {
                if (keys.put(event.eventId(), event.key()) == null) {
                    written.computeIfAbsent(event.key(), _ -> new ArrayList<>()).add(event.eventId());
                }
            }
            Map<String, List<String>> heard = new LinkedHashMap<>();
            for (String event : told.getOrDefault(outbox, Set.of())) {
                heard.computeIfAbsent(keys.getOrDefault(event, "nobody's"), _ -> new ArrayList<>())
                        .add(event);
            }
            written.forEach((key, events) -> {
                if (!events.equals(heard.get(key))) {
                    throw new BooksViolation(
                            Rule.EVENTS, "of " + key + " there were " + events + ", told were " + heard.get(key));
                }
            });
        }
    }
}
