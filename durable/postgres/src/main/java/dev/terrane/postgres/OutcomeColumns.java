package dev.terrane.postgres;

import dev.terrane.checkpoint.TickRecord.Outcome;
import dev.terrane.command.CommandResult;
import dev.terrane.command.IdempotencyKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The columns of a command's outcome: of payload and error code exactly one is there. */
final class OutcomeColumns {
    private OutcomeColumns() {}

    static byte @Nullable [] payload(Outcome outcome) {
        return outcome.result() instanceof CommandResult.Done(byte[] payload) ? payload : null;
    }

    static @Nullable String errorCode(Outcome outcome) {
        return outcome.result() instanceof CommandResult.Refused refused ? refused.errorCode() : null;
    }

    static @Nullable String reason(Outcome outcome) {
        return outcome.result() instanceof CommandResult.Refused refused ? refused.reason() : null;
    }

    static @Nullable Integer retryAfterMillis(Outcome outcome) {
        return outcome.result() instanceof CommandResult.Refused refused ? refused.retryAfterMillis() : null;
    }

    static Outcome read(ResultSet row) throws SQLException {
        String errorCode = row.getString("error_code");
        CommandResult result = errorCode == null
                ? new CommandResult.Done(row.getBytes("payload"))
                : new CommandResult.Refused(errorCode, row.getString("reason"), row.getInt("retry_after_millis"));
        return new Outcome(IdempotencyKey.of(row.getBytes("key")), row.getLong("payload_hash"), result);
    }
}
