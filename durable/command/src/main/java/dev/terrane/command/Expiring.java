package dev.terrane.command;

import org.jspecify.annotations.Nullable;

/**
 * Payload of a command that must not be carried out after a time, because what it relies on is over then: a delivery, when the money for it is set aside no longer. Every receiver sees to
 * it, for commands of which it knows no outcome, before any handler hears of them: however late an operator revives a dead letter.
 */
public interface Expiring {
    /** Unix time. Null: it is never too late. */
    @Nullable
    Long notAfterMillis();

    /** Null: it is not too late. */
    static CommandResult.@Nullable Refused refusal(Record payload, long nowMillis) {
        if (payload instanceof Expiring expiring) {
            Long end = expiring.notAfterMillis();
            if (end != null && nowMillis > end) {
                return new CommandResult.Refused(
                        CommandErrors.TOO_LATE, "it was wanted until " + end + ", now it is " + nowMillis);
            }
        }
        return null;
    }
}
