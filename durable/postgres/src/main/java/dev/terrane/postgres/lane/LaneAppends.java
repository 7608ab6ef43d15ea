package dev.terrane.postgres.lane;

import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandLimits;
import dev.terrane.command.EnvelopeCodec;
import dev.terrane.command.LanePartition;
import dev.terrane.command.LaneRoutes;
import dev.terrane.command.LaneSegment;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Appends commands inside a transaction of somebody else: what a cell's journal or a service's outbox sends is durable exactly if its cause is. Any thread may use it; whoever calls
 * owns the connection and commits.
 *
 * <p>It locks the heads of the partitions until the commit, always in the same order. Call it last in a transaction, and once: a second call could lock them in another order and meet another transaction in a
 * circle, which Postgres ends by failing one of them. No limit of a lane is looked at: what has happened cannot be refused any more.
 */
public final class LaneAppends {
    /** A reader takes whole segments, so this bounds what it reads in vain. */
    static final int SEGMENT_COUNT_MAX = CommandLimits.BATCH_COUNT_MAX;

    static final String APPEND = "terrane.lane_append(?::text[], ?::smallint[], ?::integer[], ?::bytea[])";

    private final Function<CommandEnvelope, LanePartition> route;

    /** @param routes as the server has configured them */
    public LaneAppends(LaneRoutes routes) {
        this.route = routes::partitionOf;
    }

    LaneAppends(Function<CommandEnvelope, LanePartition> route) {
        this.route = route;
    }

    /**
     * Puts commands into the rows of their keys, in the order of the list.
     *
     * @return where they stand; hand them to the consumers of this process, but only after the commit
     */
    public List<LaneSegment> append(Connection connection, List<CommandEnvelope> commands) throws SQLException {
        if (commands.isEmpty()) {
            return List.of();
        }
        Parts parts = parts(commands);
        try (PreparedStatement statement = connection.prepareStatement("SELECT " + APPEND)) {
            parts.bind(statement, 1);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return parts.segments(row.getArray(1));
            }
        }
    }

    Parts parts(List<CommandEnvelope> commands) {
        SortedMap<LanePartition, List<CommandEnvelope>> byPartition = new TreeMap<>();
        for (CommandEnvelope command : commands) {
            byPartition
                    .computeIfAbsent(route.apply(command), _ -> new ArrayList<>())
                    .add(command);
        }
        Parts parts = new Parts(new ArrayList<>(), new ArrayList<>());
        byPartition.forEach((partition, all) -> {
            for (int from = 0; from < all.size(); from += SEGMENT_COUNT_MAX) {
                parts.partitions.add(partition);
                parts.commands.add(all.subList(from, Math.min(all.size(), from + SEGMENT_COUNT_MAX)));
            }
        });
        return parts;
    }

    /** Sorted by lane and partition. */
    record Parts(List<LanePartition> partitions, List<List<CommandEnvelope>> commands) {
        /** Four parameters from {@code index} on. */
        void bind(PreparedStatement statement, int index) throws SQLException {
            Connection connection = statement.getConnection();
            int size = partitions.size();
            String[] lanes = new String[size];
            Short[] numbers = new Short[size];
            Integer[] counts = new Integer[size];
            byte[][] packs = new byte[size][];
            for (int i = 0; i < size; i++) {
                lanes[i] = partitions.get(i).lane();
                numbers[i] = (short) partitions.get(i).index();
                counts[i] = commands.get(i).size();
                packs[i] = EnvelopeCodec.pack(commands.get(i));
            }
            statement.setArray(index, connection.createArrayOf("text", lanes));
            statement.setArray(index + 1, connection.createArrayOf("smallint", numbers));
            statement.setArray(index + 2, connection.createArrayOf("integer", counts));
            statement.setArray(index + 3, connection.createArrayOf("bytea", packs));
        }

        List<LaneSegment> segments(Array firsts) throws SQLException {
            Long[] offsets = (Long[]) firsts.getArray();
            List<LaneSegment> segments = new ArrayList<>(offsets.length);
            for (int i = 0; i < offsets.length; i++) {
                segments.add(new LaneSegment(partitions.get(i), offsets[i], commands.get(i)));
            }
            return segments;
        }
    }
}
