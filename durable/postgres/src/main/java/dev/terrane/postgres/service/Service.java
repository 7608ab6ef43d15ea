package dev.terrane.postgres.service;

import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandResult;
import dev.terrane.command.EventEnvelope;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * The part of a receiver that knows the business. The frame calls its methods in this order, once per transaction, on one thread.
 *
 * @param <B> the books of one transaction: what was read, and what is to be written
 */
public interface Service<B> {
    /**
     * Reads all that these wishes may touch, and locks what others could change meanwhile: in an order that is the same for every caller, or two of them wait
     * for each other for ever.
     */
    B open(Connection connection, List<Wish> wishes, long nowMillis) throws SQLException;

    /**
     * Decides one wish, seeing in the books what was decided before it. Touches no database. If it throws, it must have left the books as they were: decide first,
     * then note down.
     */
    Decision decide(B books, Wish wish);

    /** Writes what was decided, in a handful of statements however many wishes there were. Touches no database. */
    void write(B books, Writes writes);

    /** A command that has not been carried out yet. @param payload of the type's record */
    record Wish(CommandEnvelope command, Record payload) {}

    /**
     * What became of it.
     *
     * @param events told to whoever listens, after the commit
     * @param sent commands to others, appended to their lanes after the commit
     */
    record Decision(CommandResult result, List<EventEnvelope> events, List<CommandEnvelope> sent) {
        /** A result that nobody else need hear of. */
        public static Decision of(CommandResult result) {
            return new Decision(result, List.of(), List.of());
        }
    }
}
