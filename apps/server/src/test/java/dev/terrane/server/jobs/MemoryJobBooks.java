package dev.terrane.server.jobs;

import dev.terrane.checkpoint.StoreUnavailableException;
import dev.terrane.checkpoint.TickRecord.Outcome;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.EventEnvelope;
import dev.terrane.command.IdempotencyKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Notes in memory, as the database keeps them. */
final class MemoryJobBooks implements JobBooks {
    final List<CommandEnvelope> sent = new ArrayList<>();
    final List<EventEnvelope> published = new ArrayList<>();
    final List<String> runs = new ArrayList<>();
    boolean away;
    private final Map<IdempotencyKey, Outcome> outcomes = new HashMap<>();

    @Override
    public Optional<Outcome> find(IdempotencyKey key) {
        return Optional.ofNullable(outcomes.get(key));
    }

    @Override
    public boolean settle(Outcome outcome, List<CommandEnvelope> commands, List<EventEnvelope> events) {
        if (away) {
            throw new StoreUnavailableException("away", new IllegalStateException());
        }
        if (outcomes.putIfAbsent(outcome.key(), outcome) != null) {
            return false;
        }
        sent.addAll(commands);
        published.addAll(events);
        return true;
    }

    @Override
    public void ran(String job, boolean done, String said) {
        runs.add(job + (done ? " done: " : " failed: ") + said);
    }
}
