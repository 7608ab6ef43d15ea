package dev.terrane.command;

/**
 * A command that failed again and again, kept for an operator.
 *
 * @param id as the store numbered it
 * @param attemptCount over all its lives
 * @param why the last fault
 * @param diedAtMillis Unix time, the last time it died
 * @param retryCount how often an operator has sent it again
 */
public record DeadLetter(
        long id,
        LanePartition partition,
        CommandEnvelope command,
        int attemptCount,
        String why,
        long diedAtMillis,
        int retryCount) {}
