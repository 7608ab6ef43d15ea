-- Durable facts of cells since their checkpoints: one row per tick that had any.
CREATE TABLE terrane.journal (
    world              text     NOT NULL,
    region_a           integer  NOT NULL,
    region_b           integer  NOT NULL,
    layer              smallint NOT NULL,
    epoch              bigint   NOT NULL,
    tick               bigint   NOT NULL,
    schema_fingerprint bigint   NOT NULL,
    facts              bytea    NOT NULL,
    PRIMARY KEY (world, region_a, region_b, layer, epoch, tick)
);

-- Every command that a cell has carried out, with its result. The key is the last guard against a second effect.
CREATE TABLE terrane.cell_outcome (
    key                bytea       NOT NULL PRIMARY KEY CHECK (octet_length(key) = 32),
    payload_hash       bigint      NOT NULL,
    payload            bytea,   -- of a command that was carried out
    error_code         text,    -- of one that was refused
    reason             text,
    retry_after_millis integer,
    settled_at         timestamptz NOT NULL DEFAULT now(),
    CHECK ((payload IS NULL) <> (error_code IS NULL)),
    CHECK ((error_code IS NULL) = (reason IS NULL) AND (error_code IS NULL) = (retry_after_millis IS NULL))
);

-- Rows come in the order of time: a few pages of this index find the oldest.
CREATE INDEX cell_outcome_settled_at ON terrane.cell_outcome USING brin (settled_at);
