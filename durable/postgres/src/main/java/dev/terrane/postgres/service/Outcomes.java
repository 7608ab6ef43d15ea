package dev.terrane.postgres.service;

import dev.terrane.command.CommandResult;
import dev.terrane.command.EnvelopeCodec;
import dev.terrane.command.IdempotencyKey;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;

/** Which commands were carried out: the table {@code outcome} of one schema. */
final class Outcomes {
    private final String select;
    private final String insert;

    Outcomes(ServiceSchema schema) {
        this.select = "SELECT key, payload_hash, result FROM " + schema.name() + ".outcome WHERE key = ANY (?)";
        this.insert = "INSERT INTO " + schema.name()
                + ".outcome (key, payload_hash, result) SELECT * FROM unnest(?::bytea[], ?::bigint[], ?::bytea[])";
    }

    record Outcome(long payloadHash, CommandResult result) {}

    /** To be asked by key only. */
    Map<IdempotencyKey, Outcome> find(Connection connection, Collection<IdempotencyKey> keys) throws SQLException {
        Map<IdempotencyKey, Outcome> found = new HashMap<>();
        Array wanted = SqlArrays.of(
                connection, keys.stream().map(IdempotencyKey::bytes).toArray(byte[][]::new));
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setArray(1, wanted);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.put(
                            IdempotencyKey.of(rows.getBytes(1)),
                            new Outcome(rows.getLong(2), EnvelopeCodec.unpackResult(rows.getBytes(3))));
                }
            }
        }
        return found;
    }

    /** @param fresh sorted, so that two deliverers of the same commands meet at the first of them instead of waiting for each other crosswise */
    void insert(SortedMap<IdempotencyKey, Outcome> fresh, Writes writes) {
        byte[][] keys = new byte[fresh.size()][];
        long[] hashes = new long[fresh.size()];
        byte[][] results = new byte[fresh.size()][];
        int row = 0;
        for (Map.Entry<IdempotencyKey, Outcome> entry : fresh.entrySet()) {
            keys[row] = entry.getKey().bytes();
            hashes[row] = entry.getValue().payloadHash();
            results[row] = EnvelopeCodec.packResult(entry.getValue().result());
            row++;
        }
        writes.add(insert, keys, hashes, results);
    }
}
