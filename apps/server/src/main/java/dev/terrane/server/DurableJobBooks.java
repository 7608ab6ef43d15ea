package dev.terrane.server;

import dev.terrane.checkpoint.TickRecord.Outcome;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.EventEnvelope;
import dev.terrane.command.IdempotencyKey;
import dev.terrane.postgres.PostgresJobBooks;
import dev.terrane.postgres.PostgresJobs;
import dev.terrane.server.jobs.JobBooks;
import dev.terrane.server.world.WorldSetup;
import java.util.List;
import java.util.Optional;

/** Notes of jobs in the database. @param sent is told what lanes and outbox have got */
record DurableJobBooks(PostgresJobBooks books, PostgresJobs runs, WorldSetup.Sent sent) implements JobBooks {
    @Override
    public Optional<Outcome> find(IdempotencyKey key) {
        return books.find(key);
    }

    @Override
    public boolean settle(Outcome outcome, List<CommandEnvelope> commands, List<EventEnvelope> events) {
        boolean first = books.settle(outcome, commands, events);
        if (first && !(commands.isEmpty() && events.isEmpty())) {
            sent.durable(commands, !events.isEmpty());
        }
        return first;
    }

    @Override
    public void ran(String job, boolean done, String said) {
        runs.ran(job, done, said);
    }
}
