-- Holds that nobody has ended, beside all that ever were: whoever looks for those whose time is over reads no more than there are.
CREATE TABLE economy.open_hold (
    hold              bigint NOT NULL PRIMARY KEY,
    from_wallet       bigint NOT NULL,
    expires_at_millis bigint NOT NULL
);
INSERT INTO economy.open_hold (hold, from_wallet, expires_at_millis)
    SELECT id, from_wallet, expires_at_millis FROM economy.hold
    WHERE NOT EXISTS (SELECT FROM economy.hold_end WHERE hold_end.hold = hold.id);
CREATE INDEX open_hold_expiry ON economy.open_hold (expires_at_millis, hold);
CREATE INDEX open_hold_from ON economy.open_hold (from_wallet, hold);
DROP INDEX economy.hold_expiry;

CREATE FUNCTION economy.note_open_holds() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = economy, pg_temp AS $$
BEGIN
    INSERT INTO open_hold (hold, from_wallet, expires_at_millis) SELECT id, from_wallet, expires_at_millis FROM added;
    RETURN NULL;
END $$;
CREATE TRIGGER hold_is_open AFTER INSERT ON economy.hold
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION economy.note_open_holds();

CREATE FUNCTION economy.forget_open_holds() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = economy, pg_temp SET enable_seqscan = off AS $$
BEGIN
    DELETE FROM open_hold USING added WHERE open_hold.hold = added.hold;
    RETURN NULL;
END $$;
CREATE TRIGGER ended_hold_is_not_open AFTER INSERT ON economy.hold_end
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION economy.forget_open_holds();

REVOKE ALL ON FUNCTION economy.note_open_holds() FROM PUBLIC;
REVOKE ALL ON FUNCTION economy.forget_open_holds() FROM PUBLIC;
GRANT SELECT ON economy.open_hold TO ${role};
