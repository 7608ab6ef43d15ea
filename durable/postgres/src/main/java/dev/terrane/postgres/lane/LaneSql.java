package dev.terrane.postgres.lane;

/** The statements of the lane. Parameters by number: they run thousands of times a second on bare connections. */
final class LaneSql {
    /** lane, count, limit, then those of lane_append. */
    static final String APPEND = """
            SELECT waiting, CASE WHEN waiting + ? <= ? THEN %s END
            FROM (SELECT terrane.lane_waiting(?) AS waiting OFFSET 0) AS lane
            """.formatted(LaneAppends.APPEND);

    /** lane, partition, holder, ttl. */
    static final String ACQUIRE = """
            INSERT INTO terrane.lane_cursor AS held (lane, partition, holder, lease_epoch, lease_until)
            VALUES (?, ?, ?, 1, now() + ? * interval '1 millisecond')
            ON CONFLICT (lane, partition) DO UPDATE
            SET holder = excluded.holder, lease_epoch = held.lease_epoch + 1, lease_until = excluded.lease_until
            WHERE held.holder = excluded.holder OR held.lease_until <= now()
            RETURNING lease_epoch, settled_number, next_offset
            """;

    /** lane, partition. */
    static final String PARKED = """
            SELECT command_offset, attempt_count, why, command FROM terrane.lane_parked
            WHERE lane = ? AND partition = ? ORDER BY command_offset
            """;

    /** lane, partition, cursor, cursor. */
    static final String PRUNE_SEGMENTS = """
            DELETE FROM terrane.lane_segment
            WHERE lane = ? AND partition = ? AND first_offset < ? AND first_offset + command_count <= ?
            """;

    /** ttl, lane, partition, epoch, settled number. Does not wait for the disk: a lease that a crash shortens lapses earlier, that is all. */
    static final String RENEW = """
            UPDATE terrane.lane_cursor SET lease_until = now() + ? * interval '1 millisecond'
            WHERE lane = ? AND partition = ? AND lease_epoch = ? AND settled_number >= ?
            RETURNING set_config('synchronous_commit', 'off', true)
            """;

    /** lane, partition, from, until. The range of the index is short, whatever lies before it dead or alive. */
    static final String READ = """
            SELECT first_offset, commands FROM terrane.lane_segment
            WHERE lane = ? AND partition = ? AND first_offset > ? AND first_offset < ? ORDER BY first_offset
            """;

    /**
     * Fence, cursor, results and pruning in one statement. ttl, cursor, number, lane, partition, epoch, number, lazy, answers, commands of the longest segment.
     *
     * <p>Lazy: the commit does not wait for the disk, and a crash within the next moments forgets it. Pruning looks no further back than a segment that the last settlement left half done may begin: what lies before is gone, and the index may be full of it.
     */
    static final String SETTLE = """
            WITH held AS (
                UPDATE terrane.lane_cursor AS now_held
                SET lease_until = now() + ? * interval '1 millisecond', next_offset = ?, settled_number = ?
                FROM terrane.lane_cursor AS before
                WHERE now_held.lane = ? AND now_held.partition = ? AND now_held.lease_epoch = ? AND now_held.settled_number = ? - 1
                  AND before.lane = now_held.lane AND before.partition = now_held.partition
                RETURNING now_held.lane, now_held.partition, now_held.settled_number, now_held.next_offset,
                          before.next_offset AS before_offset,
                          CASE WHEN ? THEN set_config('synchronous_commit', 'off', true) END
            ), kept AS (
                INSERT INTO terrane.lane_answer (lane, partition, number, answers)
                SELECT lane, partition, settled_number, ? FROM held
            ), pruned AS (
                DELETE FROM terrane.lane_segment old USING held
                WHERE old.lane = held.lane AND old.partition = held.partition AND old.first_offset < held.next_offset
                  AND old.first_offset > held.before_offset - ? AND old.first_offset + old.command_count <= held.next_offset
            )
            SELECT count(*) FROM held
            """;

    /** lane, partition. */
    static final String CURSOR = """
            SELECT lease_epoch, settled_number FROM terrane.lane_cursor WHERE lane = ? AND partition = ?
            """;

    /** lane, partition, offset, attempts, why, command. */
    static final String PARK = """
            INSERT INTO terrane.lane_parked (lane, partition, command_offset, attempt_count, why, command)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (lane, partition, command_offset) DO UPDATE
            SET attempt_count = excluded.attempt_count, why = excluded.why
            """;

    /** lane, partition, offset. */
    static final String UNPARK = """
            DELETE FROM terrane.lane_parked WHERE lane = ? AND partition = ? AND command_offset = ?
            """;

    /** lane, partition, idempotency key, attempts, why, command. */
    static final String BURY = """
            INSERT INTO terrane.dead_letter AS letter (lane, partition, idempotency_key, attempt_count, why, command)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (idempotency_key, lane) DO UPDATE
            SET attempt_count = letter.attempt_count + excluded.attempt_count, why = excluded.why, died_at = now()
            """;

    /** lane, partition, bytes. */
    static final String ANSWERS = """
            SELECT number, answers
            FROM (SELECT number, answers,
                         sum(length(answers)) OVER (ORDER BY number DESC) AS bytes,
                         row_number() OVER (ORDER BY number DESC) AS place
                  FROM terrane.lane_answer WHERE lane = ? AND partition = ?) AS newest
            WHERE place = 1 OR bytes <= ? ORDER BY number
            """;

    /** lane, age, how many may stay. The oldest of each partition only: no index by time is needed. */
    static final String PRUNE_ANSWERS = """
            DELETE FROM terrane.lane_answer gone
            USING terrane.lane_cursor held,
                  LATERAL (SELECT lane, partition, number, settled_at FROM terrane.lane_answer kept
                           WHERE kept.lane = held.lane AND kept.partition = held.partition
                           ORDER BY number LIMIT 200) AS oldest
            WHERE held.lane = ?
              AND (oldest.settled_at <= now() - ? * interval '1 millisecond' OR oldest.number <= held.settled_number - ?)
              AND gone.lane = oldest.lane AND gone.partition = oldest.partition AND gone.number = oldest.number
            """;

    /** lane. */
    static final String LAGS = """
            SELECT head.partition, head.next_offset - coalesce(held.next_offset, 0) AS waiting,
                   (SELECT count(*) FROM terrane.lane_parked parked
                    WHERE parked.lane = head.lane AND parked.partition = head.partition) AS parked,
                   coalesce((SELECT (extract(epoch FROM now() - oldest.appended_at) * 1000)::bigint
                             FROM terrane.lane_segment oldest
                             WHERE oldest.lane = head.lane AND oldest.partition = head.partition
                               AND oldest.first_offset + oldest.command_count > coalesce(held.next_offset, 0)
                               AND oldest.first_offset > coalesce(held.next_offset, 0) - ?
                             ORDER BY oldest.first_offset LIMIT 1), 0) AS oldest_millis
            FROM terrane.lane_head head LEFT JOIN terrane.lane_cursor held USING (lane, partition)
            WHERE head.lane = ? ORDER BY head.partition
            """;

    private LaneSql() {}
}
