package dev.terrane.postgres.trade;

import dev.terrane.base.Clock;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.postgres.Database;
import dev.terrane.postgres.service.ServiceOutbox;
import dev.terrane.postgres.service.SqlArrays;
import dev.terrane.trade.Trade;
import dev.terrane.trade.TradeRules;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends the step again that a trade waits for, when nothing has been heard of it for long: whatever was lost on the way there or back, the command or its result, is made good by it. It is the
 * same command with the same request id: carried out, or its recorded result found. What is stuck is left to operators, because its command is a dead letter.
 */
final class StepsAgain {
    private static final String SILENT = """
            SELECT * FROM trade.trade
            WHERE state NOT IN ('DONE', 'REFUSED') AND state NOT LIKE 'STUCK%'
              AND changed_at < now() - ? * interval '1 millisecond'
              AND coalesce(sent_again_at, changed_at) < now() - ? * interval '1 millisecond'
              AND begun_at > now() - ? * interval '1 millisecond'
            ORDER BY changed_at LIMIT ? FOR UPDATE SKIP LOCKED""";
    private static final String SENT = "UPDATE trade.trade SET sent_again_at = now() WHERE id = ANY (?)";

    private final Database database;
    private final ServiceOutbox outbox;
    private final TradeRules rules;
    private final Clock clock;

    StepsAgain(Database database, ServiceOutbox outbox, TradeRules rules, Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.rules = rules;
        this.clock = clock;
    }

    int send(long silentMillis, long begunMillisMax, int countMax) {
        return database.transaction("send steps of trades again", connection -> {
            List<Trade> silent = silent(connection, silentMillis, begunMillisMax, countMax);
            List<CommandEnvelope> steps = new ArrayList<>();
            for (Trade trade : silent) {
                rules.again(trade, clock.epochMillis()).ifPresent(steps::add);
            }
            if (!steps.isEmpty()) {
                outbox.put(connection, steps);
                try (PreparedStatement sent = connection.prepareStatement(SENT)) {
                    sent.setArray(
                            1,
                            SqlArrays.of(
                                    connection, silent.stream().map(Trade::id).toArray(String[]::new)));
                    sent.executeUpdate();
                }
            }
            return steps.size();
        });
    }

    private static List<Trade> silent(Connection connection, long silentMillis, long begunMillisMax, int countMax)
            throws SQLException {
        List<Trade> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(SILENT)) {
            select.setLong(1, silentMillis);
            select.setLong(2, silentMillis);
            select.setLong(3, begunMillisMax);
            select.setInt(4, countMax);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(TradeService.trade(row));
                }
            }
        }
        return found;
    }
}
