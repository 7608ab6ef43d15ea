-- What every service's schema has: which commands were carried out, and what is still to be told to others.
-- Flyway names the schema; scripts of the service itself have versions from 1.

REVOKE ALL ON SCHEMA ${schema} FROM PUBLIC;
GRANT USAGE ON SCHEMA ${schema} TO ${role};

CREATE TABLE ${schema}.outcome (
    key          bytea       NOT NULL PRIMARY KEY CHECK (octet_length(key) = 32),
    payload_hash bigint      NOT NULL,
    result       bytea       NOT NULL,
    at           timestamptz NOT NULL DEFAULT now()
);
-- Rows lie in the order of their time, so a coarse index finds the old ones.
CREATE INDEX outcome_at ON ${schema}.outcome USING brin (at);

-- One row per transaction, read in order and deleted when it was passed on.
CREATE TABLE ${schema}.outbox (
    id      bigint      NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    content bytea       NOT NULL,
    at      timestamptz NOT NULL DEFAULT now()
);
-- Read once and gone: not worth the time to compress it.
ALTER TABLE ${schema}.outbox ALTER COLUMN content SET STORAGE EXTERNAL;

-- An outcome is for good: the service itself can neither change nor delete one.
GRANT SELECT, INSERT ON ${schema}.outcome TO ${role};
GRANT SELECT, INSERT, DELETE ON ${schema}.outbox TO ${role};

-- Old outcomes go by this alone, and none that is younger than a day: whoever retries has given up long before.
CREATE FUNCTION ${schema}.forget_outcomes(before timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${schema}, pg_temp AS $$
DECLARE
    forgotten bigint;
BEGIN
    DELETE FROM outcome WHERE at < least(before, now() - interval '1 day');
    GET DIAGNOSTICS forgotten = ROW_COUNT;
    RETURN forgotten;
END $$;
REVOKE ALL ON FUNCTION ${schema}.forget_outcomes(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ${schema}.forget_outcomes(timestamptz) TO ${role};
