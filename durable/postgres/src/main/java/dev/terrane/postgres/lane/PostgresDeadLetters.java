package dev.terrane.postgres.lane;

import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.DeadLetter;
import dev.terrane.command.DeadLetters;
import dev.terrane.command.EnvelopeCodec;
import dev.terrane.command.LanePartition;
import dev.terrane.postgres.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

final class PostgresDeadLetters implements DeadLetters {
    private static final String COLUMNS =
            "id, lane, partition, command, attempt_count, why, (extract(epoch FROM died_at) * 1000)::bigint, retry_count";
    private static final String LANES = "SELECT DISTINCT lane FROM terrane.dead_letter ORDER BY lane";
    private static final String LIST =
            "SELECT " + COLUMNS + " FROM terrane.dead_letter WHERE lane = ? AND id > ? ORDER BY id LIMIT ?";
    private static final String SHOW = "SELECT " + COLUMNS + " FROM terrane.dead_letter WHERE id = ?";
    private static final String COUNT_RETRY =
            "UPDATE terrane.dead_letter SET retry_count = retry_count + 1 WHERE id = ? RETURNING " + COLUMNS;
    private static final String DROP = "DELETE FROM terrane.dead_letter WHERE id = ?";

    private final Database database;

    PostgresDeadLetters(Database database) {
        this.database = database;
    }

    @Override
    public List<String> lanes() {
        return PostgresLaneStore.transaction(database, "find lanes with dead letters", connection -> {
            List<String> lanes = new ArrayList<>();
            try (PreparedStatement statement = connection.prepareStatement(LANES);
                    ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    lanes.add(row.getString(1));
                }
            }
            return lanes;
        });
    }

    @Override
    public List<DeadLetter> list(String lane, long afterId, int countMax) {
        return PostgresLaneStore.transaction(database, "list dead letters of " + lane, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(LIST)) {
                statement.setString(1, lane);
                statement.setLong(2, afterId);
                statement.setInt(3, countMax);
                return read(statement);
            }
        });
    }

    @Override
    public Optional<DeadLetter> show(long id) {
        return PostgresLaneStore.transaction(database, "show dead letter " + id, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(SHOW)) {
                statement.setLong(1, id);
                return read(statement).stream().findFirst();
            }
        });
    }

    @Override
    public boolean retry(long id) {
        return PostgresLaneStore.transaction(database, "retry dead letter " + id, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(COUNT_RETRY)) {
                statement.setLong(1, id);
                List<DeadLetter> found = read(statement);
                if (found.isEmpty()) {
                    return false;
                }
                DeadLetter letter = found.getFirst();
                CommandEnvelope command = letter.command();
                new LaneAppends(_ -> letter.partition()).append(connection, List.of(command));
                return true;
            }
        });
    }

    @Override
    public boolean drop(long id) {
        return PostgresLaneStore.transaction(database, "drop dead letter " + id, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(DROP)) {
                statement.setLong(1, id);
                return statement.executeUpdate() == 1;
            }
        });
    }

    private static List<DeadLetter> read(PreparedStatement statement) throws SQLException {
        List<DeadLetter> letters = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                letters.add(new DeadLetter(
                        row.getLong(1),
                        new LanePartition(row.getString(2), row.getInt(3)),
                        EnvelopeCodec.unpack(row.getBytes(4)).getFirst(),
                        row.getInt(5),
                        row.getString(6),
                        row.getLong(7),
                        row.getInt(8)));
            }
        }
        return letters;
    }
}
