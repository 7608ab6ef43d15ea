-- Old outcomes go by this alone, so many at a time, and none that is younger than a day: whoever retries has given up long before. Keys that are to be kept are those of dead letters:
-- an operator may revive one at any time, and it must be known then.
DROP FUNCTION IF EXISTS ${schema}.forget_outcomes(timestamptz);

CREATE OR REPLACE FUNCTION ${schema}.forget_outcomes(before timestamptz, keep bytea[], count_max integer) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${schema}, pg_temp AS $$
DECLARE
    forgotten bigint;
BEGIN
    DELETE FROM outcome WHERE ctid = ANY (ARRAY(
        SELECT old.ctid FROM outcome AS old
        WHERE old.at < least(before, now() - interval '1 day')
          AND NOT EXISTS (SELECT FROM unnest(keep) AS kept (key) WHERE kept.key = old.key)
        LIMIT count_max));
    GET DIAGNOSTICS forgotten = ROW_COUNT;
    RETURN forgotten;
END $$;

REVOKE ALL ON FUNCTION ${schema}.forget_outcomes(timestamptz, bytea[], integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ${schema}.forget_outcomes(timestamptz, bytea[], integer) TO ${role};
