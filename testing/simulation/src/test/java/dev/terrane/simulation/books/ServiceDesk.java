package dev.terrane.simulation.books;

import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandResult;
import dev.terrane.command.EventEnvelope;
import dev.terrane.command.IdempotencyKey;
import java.util.List;

/** The part of a service that knows the business: its real rules over tables in memory, read and written as its door to the database does. */
interface ServiceDesk {
    /** A command that has not been carried out yet. */
    record Wish(CommandEnvelope command, Record payload) {}

    record Decision(CommandResult result, List<EventEnvelope> events, List<CommandEnvelope> sent) {}

    /** One transaction: nothing is changed in the tables before {@link #write}. */
    interface Transaction {
        Decision decide(Wish wish);

        void write();
    }

    Transaction open(List<Wish> wishes, long nowMillis);

    /** Commands whose effects stand in the tables, once for each effect, in the order of the effects. */
    List<IdempotencyKey> effects();
}
