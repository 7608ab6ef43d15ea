-- A lane is a log: an append writes one row per partition it touches, whatever the number of commands, and its consumer moves a cursor.

-- Where the next command of a partition goes. The lock of its row keeps appends in order: offsets become visible without gaps. Consumers never touch it.
CREATE TABLE terrane.lane_head (
    lane        text     NOT NULL,
    partition   smallint NOT NULL,
    next_offset bigint   NOT NULL,
    PRIMARY KEY (lane, partition)
) WITH (fillfactor = 20); -- updated all the time: new versions fit beside old ones

-- Who consumes a partition, and how far it has come. Producers never lock it.
CREATE TABLE terrane.lane_cursor (
    lane           text        NOT NULL,
    partition      smallint    NOT NULL,
    holder         text        NOT NULL,
    lease_epoch    bigint      NOT NULL,
    lease_until    timestamptz NOT NULL,
    settled_number bigint      NOT NULL DEFAULT 0,
    next_offset    bigint      NOT NULL DEFAULT 0,
    PRIMARY KEY (lane, partition)
) WITH (fillfactor = 20);

CREATE TABLE terrane.lane_segment (
    lane          text        NOT NULL,
    partition     smallint    NOT NULL,
    first_offset  bigint      NOT NULL,
    command_count integer     NOT NULL CHECK (command_count > 0),
    appended_at   timestamptz NOT NULL DEFAULT now(),
    commands      bytea       NOT NULL, -- packed, see EnvelopeCodec
    PRIMARY KEY (lane, partition, first_offset)
) WITH (toast_tuple_target = 8160, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

-- Lives for milliseconds: squeezing it is not worth the time.
ALTER TABLE terrane.lane_segment ALTER COLUMN commands SET STORAGE EXTERNAL;

-- Results, one row per settlement, to be sent again after a restart; pruned by age.
CREATE TABLE terrane.lane_answer (
    lane       text        NOT NULL,
    partition  smallint    NOT NULL,
    number     bigint      NOT NULL,
    settled_at timestamptz NOT NULL DEFAULT now(),
    answers    bytea       NOT NULL,
    PRIMARY KEY (lane, partition, number)
) WITH (toast_tuple_target = 8160);

ALTER TABLE terrane.lane_answer ALTER COLUMN answers SET STORAGE EXTERNAL;

-- Commands that wait beside their row: their handler threw, or they stand behind one whose handler did.
CREATE TABLE terrane.lane_parked (
    lane           text     NOT NULL,
    partition      smallint NOT NULL,
    command_offset bigint   NOT NULL,
    attempt_count  integer  NOT NULL,
    why            text     NOT NULL,
    command        bytea    NOT NULL,
    PRIMARY KEY (lane, partition, command_offset)
);

-- Commands that were given up, one row each however often. Whoever prunes outcomes must keep those whose idempotency key stands here.
CREATE TABLE terrane.dead_letter (
    id              bigint      NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    lane            text        NOT NULL,
    partition       smallint    NOT NULL,
    idempotency_key bytea       NOT NULL,
    attempt_count   integer     NOT NULL,
    retry_count     integer     NOT NULL DEFAULT 0,
    why             text        NOT NULL,
    died_at         timestamptz NOT NULL DEFAULT now(),
    command         bytea       NOT NULL,
    UNIQUE (idempotency_key, lane)
);

-- Appends packed commands and says where each pack begins. Callers sort by lane and partition, so that no two wait for each other in a circle.
CREATE FUNCTION terrane.lane_append(lanes text[], partitions smallint[], counts integer[], packs bytea[])
    RETURNS bigint[]
    LANGUAGE plpgsql AS
$$
DECLARE
    firsts bigint[] := '{}';
    first  bigint;
BEGIN
    FOR i IN 1 .. cardinality(lanes)
    LOOP
        INSERT INTO terrane.lane_head AS head (lane, partition, next_offset)
        VALUES (lanes[i], partitions[i], counts[i])
        ON CONFLICT (lane, partition) DO UPDATE SET next_offset = head.next_offset + excluded.next_offset
        RETURNING head.next_offset - counts[i] INTO first;
        INSERT INTO terrane.lane_segment (lane, partition, first_offset, command_count, commands)
        VALUES (lanes[i], partitions[i], first, counts[i], packs[i]);
        firsts := firsts || first;
    END LOOP;
    RETURN firsts;
END;
$$;

-- Commands of a lane that are neither settled nor parked.
CREATE FUNCTION terrane.lane_waiting(of_lane text) RETURNS bigint
    LANGUAGE sql STABLE AS
$$
SELECT coalesce(sum(head.next_offset - coalesce(consumer.next_offset, 0)), 0)::bigint
FROM terrane.lane_head head
         LEFT JOIN terrane.lane_cursor consumer USING (lane, partition)
WHERE head.lane = of_lane
$$;
