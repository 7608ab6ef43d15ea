package dev.terrane.server.jobs;

import dev.terrane.checkpoint.TickRecord.Outcome;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.EventEnvelope;
import dev.terrane.command.IdempotencyKey;
import java.util.List;
import java.util.Optional;

/** Where runs are noted. Calls block, and throw StoreUnavailableException. */
public interface JobBooks {
    /** What came of a run, if it is known. */
    Optional<Outcome> find(IdempotencyKey key);

    /**
     * Notes what came of a run together with what it sends, all or nothing.
     *
     * @return false if the run has an outcome already: that one counts, and nothing was noted
     */
    boolean settle(Outcome outcome, List<CommandEnvelope> sent, List<EventEnvelope> events);

    /** For operators, by no means exact. @param said what the job says of it, or why it failed */
    void ran(String job, boolean done, String said);
}
