package dev.terrane.postgres.lane;

import dev.terrane.checkpoint.StoreUnavailableException;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandLimits;
import dev.terrane.command.DeadLetters;
import dev.terrane.command.EnvelopeCodec;
import dev.terrane.command.LaneHold;
import dev.terrane.command.LaneLag;
import dev.terrane.command.LaneLease;
import dev.terrane.command.LanePartition;
import dev.terrane.command.LaneSegment;
import dev.terrane.command.LaneStore;
import dev.terrane.command.LaneUnavailableException;
import dev.terrane.command.ParkedCommand;
import dev.terrane.command.Settlement;
import dev.terrane.postgres.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The lanes of a cluster in Postgres. */
public final class PostgresLaneStore implements LaneStore {
    private static final int RETRY_AFTER_MILLIS = 1_000;

    private final Database database;
    private final int partitionCount;
    private final long laneCountMax;
    private final DeadLetters deadLetters;

    /**
     * @param partitionCount of each lane, see {@link LaneLayout}
     * @param laneCountMax commands that wait in a lane at most; a few more get in when several append at once
     */
    public PostgresLaneStore(Database database, int partitionCount, long laneCountMax) {
        this.database = database;
        this.partitionCount = partitionCount;
        this.laneCountMax = laneCountMax;
        this.deadLetters = new PostgresDeadLetters(database);
    }

    private <T> T statement(String what, Database.TransactionWork<T> work) {
        try {
            return database.statement(what, work);
        } catch (StoreUnavailableException e) {
            throw new LaneUnavailableException(String.valueOf(e.getMessage()), e);
        }
    }

    static <T> T transaction(Database database, String what, Database.TransactionWork<T> work) {
        try {
            return database.transaction(what, work);
        } catch (StoreUnavailableException e) {
            throw new LaneUnavailableException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public int partitionCount() {
        return partitionCount;
    }

    @Override
    public DeadLetters deadLetters() {
        return deadLetters;
    }

    @Override
    public Appended append(String lane, List<CommandEnvelope> commands) {
        if (commands.isEmpty()) {
            return new Appended.Kept(List.of());
        }
        LaneAppends.Parts parts = new LaneAppends(
                        command -> new LanePartition(lane, LanePartition.indexOf(command.key(), partitionCount)))
                .parts(commands);
        return statement("append to the lane " + lane, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(LaneSql.APPEND)) {
                statement.setLong(1, commands.size());
                statement.setLong(2, laneCountMax);
                parts.bind(statement, 3);
                statement.setString(7, lane);
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    return row.getArray(2) == null
                            ? new Appended.Full(row.getLong(1), RETRY_AFTER_MILLIS)
                            : new Appended.Kept(parts.segments(row.getArray(2)));
                }
            }
        });
    }

    @Override
    public Optional<LaneHold> acquire(LanePartition partition, String holder, long ttlMillis) {
        return transaction(database, "take " + partition.leaseName(), connection -> {
            try (PreparedStatement statement = connection.prepareStatement(LaneSql.ACQUIRE)) {
                bind(statement, 1, partition);
                statement.setString(3, holder);
                statement.setLong(4, ttlMillis);
                try (ResultSet row = statement.executeQuery()) {
                    if (!row.next()) {
                        return Optional.empty();
                    }
                    LaneLease lease = new LaneLease(partition, holder, row.getLong(1));
                    prune(connection, partition, row.getLong(3));
                    return Optional.of(
                            new LaneHold(lease, row.getLong(2), row.getLong(3), parked(connection, partition)));
                }
            }
        });
    }

    private static void prune(Connection connection, LanePartition partition, long cursor) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LaneSql.PRUNE_SEGMENTS)) {
            bind(statement, 1, partition);
            statement.setLong(3, cursor);
            statement.setLong(4, cursor);
            statement.executeUpdate();
        }
    }

    private static List<ParkedCommand> parked(Connection connection, LanePartition partition) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LaneSql.PARKED)) {
            bind(statement, 1, partition);
            List<ParkedCommand> parked = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    CommandEnvelope command =
                            EnvelopeCodec.unpack(row.getBytes(4)).getFirst();
                    parked.add(new ParkedCommand(row.getLong(1), command, row.getInt(2), row.getString(3)));
                }
            }
            return parked;
        }
    }

    @Override
    public boolean renew(LaneLease lease, long settledNumber, long ttlMillis) {
        return statement("renew " + lease.partition().leaseName(), connection -> {
            try (PreparedStatement statement = connection.prepareStatement(LaneSql.RENEW)) {
                statement.setLong(1, ttlMillis);
                bind(statement, 2, lease.partition());
                statement.setLong(4, lease.epoch());
                statement.setLong(5, settledNumber);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next();
                }
            }
        });
    }

    @Override
    public void release(LaneLease lease) {
        renew(lease, 0, 0);
    }

    @Override
    public List<LaneSegment> read(LanePartition partition, long fromOffset, int countMax) {
        return statement("read " + partition, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(LaneSql.READ)) {
                bind(statement, 1, partition);
                statement.setLong(3, fromOffset - LaneAppends.SEGMENT_COUNT_MAX);
                statement.setLong(4, fromOffset + countMax);
                List<LaneSegment> segments = new ArrayList<>();
                long from = fromOffset;
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        long first = row.getLong(1);
                        List<CommandEnvelope> commands = EnvelopeCodec.unpack(row.getBytes(2));
                        long end = Math.min(first + commands.size(), fromOffset + countMax);
                        if (first > from) {
                            throw new IllegalStateException("the commands " + from + " to " + (first - 1) + " of "
                                    + partition + " are missing in the store");
                        }
                        if (end > from) {
                            segments.add(new LaneSegment(
                                    partition, from, commands.subList((int) (from - first), (int) (end - first))));
                            from = end;
                        }
                    }
                }
                return segments;
            }
        });
    }

    @Override
    public boolean settle(LaneLease lease, long ttlMillis, Settlement settlement) {
        String what = "settle " + lease.partition();
        boolean moved = setsAside(settlement)
                ? transaction(database, what, connection -> {
                    boolean held = moveCursor(connection, lease, ttlMillis, settlement);
                    if (held) {
                        setAside(connection, lease.partition(), settlement);
                    }
                    return held;
                })
                : statement(what, connection -> moveCursor(connection, lease, ttlMillis, settlement));
        return moved || statement(what, connection -> isKnown(connection, lease, settlement));
    }

    private static boolean moveCursor(Connection connection, LaneLease lease, long ttlMillis, Settlement settlement)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LaneSql.SETTLE)) {
            statement.setLong(1, ttlMillis);
            statement.setLong(2, settlement.cursor());
            statement.setLong(3, settlement.number());
            bind(statement, 4, lease.partition());
            statement.setLong(6, lease.epoch());
            statement.setLong(7, settlement.number());
            statement.setBoolean(8, settlement.dead().isEmpty());
            statement.setBytes(9, EnvelopeCodec.packAnswers(settlement.answers()));
            statement.setLong(10, LaneAppends.SEGMENT_COUNT_MAX);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1) == 1;
            }
        }
    }

    /** Why the cursor did not move: the very same settlement before; or somebody else's lease, or a crash that has taken the settlement before. */
    private static boolean isKnown(Connection connection, LaneLease lease, Settlement settlement) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LaneSql.CURSOR)) {
            bind(statement, 1, lease.partition());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getLong(1) == lease.epoch() && row.getLong(2) == settlement.number();
            }
        }
    }

    private static boolean setsAside(Settlement settlement) {
        return !settlement.unparked().isEmpty()
                || !settlement.parked().isEmpty()
                || !settlement.dead().isEmpty();
    }

    /** Rare: only handlers that threw and receivers that never answered bring anything here. */
    private static void setAside(Connection connection, LanePartition partition, Settlement settlement)
            throws SQLException {
        if (!settlement.unparked().isEmpty()) {
            try (PreparedStatement statement = connection.prepareStatement(LaneSql.UNPARK)) {
                for (long offset : settlement.unparked()) {
                    bind(statement, 1, partition);
                    statement.setLong(3, offset);
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        }
        if (!settlement.parked().isEmpty()) {
            try (PreparedStatement statement = connection.prepareStatement(LaneSql.PARK)) {
                for (ParkedCommand parked : settlement.parked()) {
                    bind(statement, 1, partition);
                    statement.setLong(3, parked.offset());
                    statement.setInt(4, parked.attemptCount());
                    statement.setString(5, storable(parked.why()));
                    statement.setBytes(6, EnvelopeCodec.pack(List.of(parked.command())));
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        }
        if (!settlement.dead().isEmpty()) {
            try (PreparedStatement statement = connection.prepareStatement(LaneSql.BURY)) {
                for (Settlement.Death death : settlement.dead()) {
                    bind(statement, 1, partition);
                    statement.setBytes(3, death.command().idempotencyKey().bytes());
                    statement.setInt(4, death.attemptCount());
                    statement.setString(5, storable(death.why()));
                    statement.setBytes(6, EnvelopeCodec.pack(List.of(death.command())));
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        }
    }

    /** What a handler threw may say anything. */
    private static String storable(String why) {
        String clean = why.replace('\0', '?');
        return clean.length() <= 2_000 ? clean : clean.substring(0, 2_000) + "…";
    }

    @Override
    public List<AnswerBatch> answers(LanePartition partition, long bytesMax) {
        return statement("read results of " + partition, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(LaneSql.ANSWERS)) {
                bind(statement, 1, partition);
                statement.setLong(3, bytesMax);
                List<AnswerBatch> batches = new ArrayList<>();
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        batches.add(new AnswerBatch(row.getLong(1), EnvelopeCodec.unpackAnswers(row.getBytes(2))));
                    }
                }
                return batches;
            }
        });
    }

    @Override
    public int pruneAnswers(String lane, long olderThanMillis) {
        return statement("prune results of the lane " + lane, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(LaneSql.PRUNE_ANSWERS)) {
                statement.setString(1, lane);
                statement.setLong(2, olderThanMillis);
                statement.setInt(3, CommandLimits.ANSWER_BATCH_COUNT_MAX);
                return statement.executeUpdate();
            }
        });
    }

    @Override
    public List<LaneLag> lags(String lane) {
        return statement("measure the lane " + lane, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(LaneSql.LAGS)) {
                statement.setInt(1, LaneAppends.SEGMENT_COUNT_MAX);
                statement.setString(2, lane);
                List<LaneLag> lags = new ArrayList<>();
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        lags.add(new LaneLag(
                                new LanePartition(lane, row.getInt(1)), row.getLong(2), row.getInt(3), row.getLong(4)));
                    }
                }
                return lags;
            }
        });
    }

    private static void bind(PreparedStatement statement, int index, LanePartition partition) throws SQLException {
        statement.setString(index, partition.lane());
        statement.setShort(index + 1, (short) partition.index());
    }
}
