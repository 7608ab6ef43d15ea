-- Few postings reverse another: only these belong into the index that keeps it to once, and only these are looked at. A foreign key asks for each row by itself, and took a
-- fifth of what inserting them did. What was written stays, so nothing need look from the other side.
ALTER TABLE economy.posting DROP CONSTRAINT posting_reverses_fkey;
ALTER TABLE economy.posting DROP CONSTRAINT posting_reverses_key;
CREATE UNIQUE INDEX posting_reverses ON economy.posting (reverses) WHERE reverses IS NOT NULL;

CREATE FUNCTION economy.check_reversals() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = economy, pg_temp SET enable_seqscan = off AS $$
BEGIN
    IF EXISTS (SELECT FROM added WHERE reverses IS NOT NULL AND NOT EXISTS (SELECT FROM posting WHERE posting.id = added.reverses)) THEN
        RAISE EXCEPTION 'a posting reverses one that is not there'
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER posting_reverses_another AFTER INSERT ON economy.posting
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION economy.check_reversals();
REVOKE ALL ON FUNCTION economy.check_reversals() FROM PUBLIC;

-- The ledger is read by wallet or by number. How the wallets are spread is seen in a small sample; the rest is not asked for.
ALTER TABLE economy.posting
    ALTER COLUMN id SET STATISTICS 10,
    ALTER COLUMN transaction SET STATISTICS 10,
    ALTER COLUMN from_wallet SET STATISTICS 10,
    ALTER COLUMN to_wallet SET STATISTICS 10,
    ALTER COLUMN amount SET STATISTICS 0,
    ALTER COLUMN at SET STATISTICS 10,
    ALTER COLUMN currency SET STATISTICS 10,
    ALTER COLUMN kind SET STATISTICS 10,
    ALTER COLUMN reverses SET STATISTICS 10,
    ALTER COLUMN key SET STATISTICS 0,
    ALTER COLUMN reference SET STATISTICS 0;
ALTER TABLE economy.posting SET (autovacuum_analyze_scale_factor = 0.5, autovacuum_vacuum_insert_scale_factor = 0.5);
